import type { NdArray } from 'ndarray';
import type { SampleSource } from '../sample.js';

/** Images of a source, decoded once as far as memory is granted. */
export interface ImageMemory {
  /** Levels [H,W,3] of image `index`. */
  get(index: number): Promise<NdArray<Uint8Array>>;
}

/**
 * Keeps the first images that are asked for, up to `limitBytes`: where images are drawn at random no choice of which to keep
 * is better than another.
 */
export function createImageMemory(samples: SampleSource, limitBytes: number): ImageMemory {
  const kept = new Map<number, NdArray<Uint8Array>>();
  const loading = new Map<number, Promise<NdArray<Uint8Array>>>();
  let bytes = 0;

  async function load(index: number): Promise<NdArray<Uint8Array>> {
    try {
      const { id, image } = await samples.load(index);
      if (image === undefined) throw new Error(`${id}: expected an image, got depth alone`);
      if (bytes + image.data.length <= limitBytes) {
        kept.set(index, image);
        bytes += image.data.length;
      }
      return image;
    } finally {
      loading.delete(index);
    }
  }

  return {
    async get(index) {
      const image = kept.get(index) ?? loading.get(index);
      if (image !== undefined) return image;
      const begun = load(index);
      loading.set(index, begun);
      return begun;
    },
  };
}
