import { CommanderError } from 'commander';
import { createProgram } from './program.js';
import { describeError, exitCodeOf } from './errors.js';

/**
 * Runs one command line.
 *
 * @param args the arguments after the program's name
 * @returns the exit code: 0, 1 for a failure, 2 for usage, 130 when stopped from outside
 */
export async function main(args: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // commander has printed its line, or the help that was asked for
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`blemish: ${describeError(error, args.includes('--verbose'))}\n`);
    return exitCodeOf(error);
  }
}
