import { Interrupted } from './errors.js';
import type { Defer } from './with-cleanup.js';

/** A signal that Ctrl-C or kill aborts; a second Ctrl-C ends the process at once. */
export interface InterruptScope {
  readonly signal: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
}

/** Words that end an error's line. */
type Advice = string | (() => string);

/** Of work that is kept from a point on. */
export function keptOnce(begun: () => boolean): () => string {
  return () => (begun() ? 'what was reached is kept, go on with --resume' : 'nothing is written yet, the same command starts anew');
}

/**
 * Listens for SIGINT and SIGTERM until released.
 *
 * @param advice what is left of the work, and how to go on; a function is asked when the signal comes
 */
export function listenForInterrupt(advice: Advice): InterruptScope {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interrupted(`stopped by ${name}: ${typeof advice === 'string' ? advice : advice()}`));
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
export function interruptSignal(advice: Advice, defer: Defer): AbortSignal {
  const { signal, release } = listenForInterrupt(advice);
  defer(release);
  return signal;
}
