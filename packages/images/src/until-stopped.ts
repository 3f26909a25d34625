/** A way for a generator to stop the work it has begun: by its caller's signal, or because it was left. */
export interface Stop {
  /** For the work. */
  readonly signal: AbortSignal;
  /**
   * Work's value, or the reason of the caller's signal as soon as that is aborted, even where the work is done. What is
   * raced holds no value: a promise that stays pending keeps all that was ever raced against it.
   */
  until<T>(work: Promise<T>): Promise<T>;
  /** Ends the work that is left. */
  end(reason: string): void;
}

/** @throws the reason of a signal that is aborted already */
export function untilStopped(signal: AbortSignal | undefined): Stop {
  signal?.throwIfAborted();
  const stopped = new AbortController();
  const stop = (): void => stopped.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const aborted = new Promise<void>((resolve) => {
    stopped.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const nothing = (): void => undefined;
  return {
    signal: stopped.signal,
    async until(work) {
      await Promise.race([aborted, work.then(nothing, nothing)]);
      stopped.signal.throwIfAborted();
      return work;
    },
    end(reason) {
      signal?.removeEventListener('abort', stop);
      stopped.abort(new Error(reason));
    },
  };
}
