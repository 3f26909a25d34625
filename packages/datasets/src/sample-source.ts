import { createImageLoader, readImageSize, type LoadedImage } from '@blemish/images';
import type { NdArray } from 'ndarray';
import { contentKey } from './content-key.js';
import type { ImageFile } from './dataset.js';

/** How a source loads. */
export interface SampleSourceOptions {
  /** [height, width] that images are brought to; their own size where absent. */
  readonly size?: readonly [number, number];
  /** Decoding threads; see `createImageLoader`. */
  readonly workers?: number;
  /** Most images decoded ahead, which bounds the memory. Default 8. */
  readonly ahead?: number;
}

/** One image as a detector takes it. */
export interface LoadedSample {
  readonly id: string;
  /** Levels 0..255, [H,W,3]. */
  readonly image: NdArray<Uint8Array>;
  /** [height, width] of the file itself. */
  readonly size: readonly [number, number];
}

/** Files as detectors take images: by index, in any order, any number of times. Its functions need no `this`. */
export interface FileSampleSource {
  readonly length: number;
  id(index: number): string;
  /** SHA-256 of the file; computed once. */
  contentKey(index: number): Promise<string>;
  /** The file's own [height, width], from its header. */
  size(index: number): Promise<readonly [number, number]>;
  load(index: number): Promise<LoadedSample>;
  /**
   * Which images will be asked for next. They are decoded ahead as soon as the first is asked for: one at first, more as
   * the order is kept to, one again where some are left out, since whoever keeps features asks for few images. A new order
   * replaces the old one.
   */
  prefetch(order: readonly number[]): void;
  /** Ends the decoding threads. */
  close(): Promise<void>;
}

interface Ahead {
  readonly index: number;
  readonly image: Promise<LoadedImage>;
}

/** A source over files, decoded on threads. Close it when done. */
export function createSampleSource(files: readonly ImageFile[], options: SampleSourceOptions = {}): FileSampleSource {
  const { size, workers, ahead = 8 } = options;
  const loader = createImageLoader({ ...(size && { size }), ...(workers !== undefined && { workers }) });
  const keys = new Map<number, Promise<string>>();
  let order: readonly number[] = [];
  let next = 0; // first position of `order` that is not decoded yet
  let reach = 0; // how many are to be decoded ahead now
  let ready: Ahead[] = []; // what is decoded ahead, in the order's order
  let abandoned = new AbortController();

  function file(index: number): ImageFile {
    const found = files[index];
    if (!found) throw new Error(`sample source: expected an index from 0 to ${files.length - 1}, got ${index}`);
    return found;
  }

  function fill(): void {
    while (ready.length < reach && next < order.length) {
      const index = order[next++] as number;
      const image = loader.load(file(index).path, abandoned.signal);
      image.catch(() => undefined); // whoever asks for it sees its failure
      ready.push({ index, image });
    }
  }

  function take(index: number): Promise<LoadedImage> {
    const place = ready.findIndex((entry) => entry.index === index);
    const later = place < 0 ? order.indexOf(index, next) : -1;
    if (place < 0 && later < 0) return loader.load(file(index).path); // against the order
    const image = ready[place]?.image ?? loader.load(file(index).path);
    const kept = place === 0 || (ready.length === 0 && later === next);
    // What stands before it in the order was skipped, by a cache for example.
    if (place >= 0) ready.splice(0, place + 1);
    else [next, ready] = [later + 1, []];
    reach = Math.min(kept ? Math.max(1, 2 * reach) : 1, ahead);
    fill();
    return image;
  }

  return {
    length: files.length,
    id: (index) => file(index).id,
    contentKey: async (index) => {
      const known = keys.get(index);
      if (known) return known;
      const key = contentKey(file(index).path);
      keys.set(index, key);
      key.catch(() => keys.delete(index));
      return key;
    },
    size: async (index) => readImageSize(file(index).path),
    load: async (index) => {
      const { id } = file(index);
      const { image, originalSize } = await take(index);
      return { id, image, size: originalSize };
    },
    prefetch: (wanted) => {
      wanted.forEach(file);
      abandoned.abort(new Error('another order was asked for'));
      abandoned = new AbortController();
      [order, next, ready, reach] = [[...wanted], 0, [], 0];
    },
    close: async () => {
      [order, ready] = [[], []];
      await loader.close();
    },
  };
}
