/** What `make` returns; where it throws, the same error with the sample's name before it. */
export function ofSample<T>(id: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new Error(`${id}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
