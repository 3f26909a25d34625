/** A way for a generator to stop the work it has begun: by its caller's signal, or because it was left. */
export interface Stop {
  /** For the work. */
  readonly signal: AbortSignal;
  /** Rejects when the caller's signal aborts; put first in a race, it wins over work that is done. */
  readonly aborted: Promise<never>;
  /** Ends the work that is left. */
  end(reason: string): void;
}

/** @throws the reason of a signal that is aborted already */
export function untilStopped(signal: AbortSignal | undefined): Stop {
  signal?.throwIfAborted();
  const stopped = new AbortController();
  const stop = (): void => stopped.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const aborted = new Promise<never>((_, reject) => {
    stopped.signal.addEventListener('abort', () => reject(stopped.signal.reason), { once: true });
  });
  aborted.catch(() => undefined);
  return {
    signal: stopped.signal,
    aborted,
    end(reason) {
      signal?.removeEventListener('abort', stop);
      stopped.abort(new Error(reason));
    },
  };
}
