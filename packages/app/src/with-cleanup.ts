/** Registers what is to be done at the end. */
export type Defer = (cleanup: () => void | Promise<void>) => void;

/** Runs `work`; then, whether it failed or not, what it deferred, last first. The first error is the one that is thrown. */
export async function withCleanup<T>(work: (defer: Defer) => Promise<T>): Promise<T> {
  const cleanups: (() => void | Promise<void>)[] = [];
  const outcome = await settle(() => work((cleanup) => void cleanups.push(cleanup)));
  let first: { error: unknown } | undefined = 'error' in outcome ? outcome : undefined;
  for (const cleanup of cleanups.reverse()) {
    const ended = await settle(async () => cleanup());
    if ('error' in ended) first ??= ended;
  }
  if (first !== undefined) throw first.error;
  return (outcome as { value: T }).value;
}

async function settle<T>(work: () => Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}
