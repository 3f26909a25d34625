import { Interrupted } from './errors.js';
import type { Defer } from './with-cleanup.js';

/** A signal that Ctrl-C or kill aborts; a second Ctrl-C ends the process at once. */
export interface InterruptScope {
  readonly signal: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
}

/**
 * Listens for SIGINT and SIGTERM until released.
 *
 * @param advice what is left of the work, and how to go on
 */
export function listenForInterrupt(advice: string): InterruptScope {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interrupted(`stopped by ${name}: ${advice}`));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}

/** A signal that Ctrl-C or kill aborts for as long as a command works. `advice` as for {@link listenForInterrupt}. */
export function interruptSignal(advice: string, defer: Defer): AbortSignal {
  const { signal, release } = listenForInterrupt(advice);
  defer(release);
  return signal;
}
