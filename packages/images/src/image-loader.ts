import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import ndarray, { type NdArray } from 'ndarray';
import { createBatchMemory } from './batch-memory.js';
import { decodeAndResize, type DecodedLevels } from './decode-and-resize.js';
import { decodeInto } from './decode-into.js';
import { createDecodePool } from './decode-pool.js';
import { imageBatches, type BatchOptions, type FillImage, type ImageBatch } from './image-batches.js';
import { untilStopped } from './until-stopped.js';

/** How files are loaded. */
export interface ImageLoaderOptions {
  /** [height, width] that every image is brought to; its own size where absent. */
  readonly size?: readonly [number, number];
  /** Decoding threads; 0 decodes in the calling thread. Default: the cores less one, from 1 to 4. */
  readonly workers?: number;
}

/** How a row of files is streamed. */
export interface StreamOptions {
  /** Images decoded or waiting at a time, which bounds the memory. Default 4. */
  readonly ahead?: number;
  /** Ends the stream with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** One image as it comes from a file. */
export interface LoadedImage {
  readonly path: string;
  /** Levels 0..255, [H,W,3], dense, at the loader's size. */
  readonly image: NdArray<Uint8Array>;
  /** [height, width] of the file itself. */
  readonly originalSize: readonly [number, number];
}

/** Decodes and resizes files off the calling thread. */
export interface ImageLoader {
  /** Loads one file. Errors begin with the file's name. */
  load(path: string, signal?: AbortSignal): Promise<LoadedImage>;
  /** Loads files in their order, `ahead` of whoever reads; the first broken one ends it. */
  stream(paths: Iterable<string>, options?: StreamOptions): AsyncGenerator<LoadedImage, void, undefined>;
  /** Loads files in their order as a network takes them; needs a size. The first broken one ends it. */
  batches(paths: Iterable<string>, options?: BatchOptions): AsyncGenerator<ImageBatch, void, undefined>;
  /** Ends the threads. Loads that are not done fail. */
  close(): Promise<void>;
}

/** A loader of RGB images; close it when done. */
export function createImageLoader({ size, workers = defaultWorkers() }: ImageLoaderOptions = {}): ImageLoader {
  const entry = new URL('./decode-worker.js', import.meta.url);
  // Run from sources (by tests) there is no built entry: the same function then runs in the calling thread.
  const pool = workers > 0 && existsSync(entry) ? createDecodePool(entry, workers) : undefined;
  const memories = createBatchMemory();

  async function load(path: string, signal?: AbortSignal): Promise<LoadedImage> {
    signal?.throwIfAborted();
    const levels = await (pool ? pool.decode({ path, size }, signal) : decodeAndResize(path, size));
    return wrapped(path, levels);
  }

  return {
    load,
    stream: (paths, options) => stream(load, paths, options),
    batches: (paths, options = {}) => {
      if (!size) throw new Error('image loader: expected a size, which all images of a batch have');
      const fill: FillImage = async (path, target, stop) =>
        pool ? (await pool.decode({ path, size, target }, stop)).originalSize : decodeInto(path, size, target);
      return imageBatches(fill, memories, paths, size, options);
    },
    close: async () => {
      memories.close();
      await pool?.close();
    },
  };
}

/** Leaves one core to the caller. */
function defaultWorkers(): number {
  return Math.min(4, Math.max(1, availableParallelism() - 1));
}

/** ndarrays lose their methods between threads: levels are wrapped here. */
function wrapped(path: string, { data, shape, originalSize }: DecodedLevels): LoadedImage {
  return { path, image: ndarray(data, [...shape]), originalSize };
}

async function* stream(
  load: ImageLoader['load'],
  paths: Iterable<string>,
  { ahead = 4, signal }: StreamOptions = {},
): AsyncGenerator<LoadedImage, void, undefined> {
  const stop = untilStopped(signal);
  const queue: Promise<LoadedImage>[] = [];
  const rest = paths[Symbol.iterator]();
  try {
    for (;;) {
      while (queue.length < Math.max(1, ahead)) {
        const next = rest.next();
        if (next.done) break;
        const image = load(next.value, stop.signal);
        image.catch(() => undefined); // whoever awaits it sees its failure
        queue.push(image);
      }
      const first = queue.shift();
      if (!first) return;
      yield await stop.until(first);
    }
  } finally {
    stop.end('the stream of images was left');
    rest.return?.();
  }
}
