import type { BatchMemory } from './batch-memory.js';
import { untilStopped } from './until-stopped.js';

/** Images as a network takes them. */
export interface ImageBatch {
  /**
   * RGB in [0,1], [N,h,w,3] row-major. This memory is filled anew once the next batch is asked for,
   * and where that was the last one, once the loader's `batches` is called again.
   */
  readonly images: Float32Array;
  /** [N, height, width, 3] */
  readonly shape: readonly [number, number, number, number];
  readonly paths: readonly string[];
  /** [height, width] of each file itself. */
  readonly originalSizes: readonly (readonly [number, number])[];
}

/** How files are brought together. */
export interface BatchOptions {
  /** Images of a batch; the last may have fewer. Default 8. */
  readonly batch?: number;
  /** Ends the batches with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Decodes a file into [h,w,3] numbers; resolves with the file's own [height, width]. */
export type FillImage = (path: string, target: Float32Array, signal: AbortSignal) => Promise<readonly [number, number]>;

interface Begun {
  readonly images: Float32Array;
  readonly paths: readonly string[];
  readonly sizes: readonly Promise<readonly [number, number]>[];
}

/** Files in their order, in batches. While one batch is used the next is filled: two are in memory, whatever the files. */
export async function* imageBatches(
  fill: FillImage,
  memories: BatchMemory,
  paths: Iterable<string>,
  [height, width]: readonly [number, number],
  { batch = 8, signal }: BatchOptions,
): AsyncGenerator<ImageBatch, void, undefined> {
  if (!(Number.isSafeInteger(batch) && batch > 0)) throw new Error(`image loader: expected a batch of 1 image or more, got ${batch}`);
  const stop = untilStopped(signal);
  const count = height * width * 3;
  const pair = memories.take(batch * count);
  const [even, odd] = pair;
  let written: Promise<unknown> = Promise.resolve();
  const rest = paths[Symbol.iterator]();
  let memory = even;

  function begin(): Begun | undefined {
    const taken: string[] = [];
    while (taken.length < batch) {
      const next = rest.next();
      if (next.done) break;
      taken.push(next.value);
    }
    if (taken.length === 0) return undefined;
    const images = memory.subarray(0, taken.length * count);
    memory = memory === even ? odd : even;
    const sizes = taken.map((path, n) => fill(path, images.subarray(n * count, (n + 1) * count), stop.signal));
    // Whoever awaits a size sees its failure; this waits until no thread writes any more.
    written = Promise.allSettled([written, ...sizes]);
    return { images, paths: taken, sizes };
  }

  try {
    let ahead = begin();
    while (ahead !== undefined) {
      const current: Begun = ahead;
      ahead = begin(); // into the memory that the caller has just given up
      const originalSizes: (readonly [number, number])[] = [];
      for (const size of current.sizes) originalSizes.push(await stop.until(size));
      yield { images: current.images, shape: [current.paths.length, height, width, 3], paths: current.paths, originalSizes };
    }
  } finally {
    stop.end('the batches of images were left');
    rest.return?.();
    void written.then(() => memories.give(pair));
  }
}
