/** Two memories that batches are written into in turn. */
export type MemoryPair = readonly [Float32Array, Float32Array];

/** Memory for batches, kept from one row of files to the next: fresh memory costs a page fault for each of its pages. */
export interface BatchMemory {
  /** Two of `length` numbers each; those kept, where they have that length and nobody else has them. */
  take(length: number): MemoryPair;
  /** Gives back what nobody writes any more. */
  give(pair: MemoryPair): void;
  /** Keeps nothing from now on. */
  close(): void;
}

/** Keeps one pair: the last that was given back. */
export function createBatchMemory(): BatchMemory {
  let kept: MemoryPair | undefined;
  let closed = false;
  // Shared, so that threads write into it what they decode.
  const fresh = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(length * 4));
  return {
    take(length) {
      const pair: MemoryPair = kept?.[0].length === length ? kept : [fresh(length), fresh(length)];
      kept = undefined;
      return pair;
    },
    give(pair) {
      if (!closed) kept = pair;
    },
    close() {
      [kept, closed] = [undefined, true];
    },
  };
}
