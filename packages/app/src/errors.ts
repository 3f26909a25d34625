/** What was typed cannot be run: exit code 2. Every other error is a failure: exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The run was stopped from outside (Ctrl-C, kill): exit code 130, and the run can be resumed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return 2;
  if (error instanceof Interrupted) return 130;
  return 1;
}

/**
 * An error as people read it: one line; with `verbose` the stack, and that of every cause.
 */
export function describeError(error: unknown, verbose = false): string {
  if (!(error instanceof Error)) return String(error);
  if (!verbose) return error.message.replace(/\s*\n\s*/g, ' ');
  const cause = error.cause === undefined ? '' : `\ncaused by: ${describeError(error.cause, true)}`;
  return `${error.stack ?? error.message}${cause}`;
}
