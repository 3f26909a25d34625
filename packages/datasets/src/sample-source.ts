import { createImageLoader, readDepthSize, readImageSize } from '@blemish/images';
import type { NdArray } from 'ndarray';
import { checkFrame } from './check-frame.js';
import { isDepthOnly, type ImageFile } from './dataset.js';
import { createDepthLoader, type DepthValues } from './depth-loader.js';
import { usesDepth, usesImage, type Modality } from '@blemish/depth';
import { createSampleKeys, type SamplePart } from './sample-keys.js';

/** How a source loads. */
export interface SampleSourceOptions<M extends Modality = Modality> {
  /** What is loaded of each part. Default `rgb`. */
  readonly modality?: M | undefined;
  /** [height, width] that images are brought to; their own size where absent. Depth maps always come at their own. */
  readonly size?: readonly [number, number];
  /** The unit of depth maps. Default metres. */
  readonly depthUnit?: DepthValues['unit'];
  /** Units a level of height maps of 8 or 16 bits, which cannot be read without; a factor for all others. */
  readonly depthScale?: DepthValues['scale'];
  /** Decoding threads for images; see `createImageLoader`. */
  readonly workers?: number;
  /** Most parts decoded ahead, which bounds the memory. Default 8. */
  readonly ahead?: number;
}

interface PartSample {
  readonly id: string;
  /** [height, width] of the image's file, or of the depth map where depth stands alone. */
  readonly size: readonly [number, number];
}

/** A part of which there is an image. */
export interface ImageSample extends PartSample {
  /** Levels 0..255, [H,W,3]. */
  readonly image: NdArray<Uint8Array>;
}

/** A part of which there is a depth map. */
export interface DepthSample extends PartSample {
  /** Metres from the sensor, [H,W], 0 where nothing was measured; the map's own size. */
  readonly depth: NdArray<Float32Array>;
}

/** One part as a detector of this modality takes it. */
export type LoadedSample<M extends Modality = 'rgb'> = { rgb: ImageSample; depth: DepthSample; 'rgb+depth': ImageSample & DepthSample }[M];

/** Files as detectors take them: by index, in any order, any number of times. Its functions need no `this`. */
export interface FileSampleSource<M extends Modality = 'rgb'> {
  readonly length: number;
  id(index: number): string;
  /**
   * Hash of all that `load` gives, or of one part of it. An image's is its file's SHA-256; a depth map's includes unit and
   * scale. Each file is read once.
   */
  contentKey(index: number, part?: SamplePart): Promise<string>;
  /** [height, width] of the image's file, or of the depth map where depth is loaded alone, from the header. */
  size(index: number): Promise<readonly [number, number]>;
  load(index: number): Promise<LoadedSample<M>>;
  /**
   * Which parts will be asked for next. They are decoded ahead as soon as the first is asked for: one at first, more as
   * the order is kept to, one again where some are left out, since whoever keeps features asks for few images. A new order
   * replaces the old one.
   */
  prefetch(order: readonly number[]): void;
  /** Ends the decoding threads. */
  close(): Promise<void>;
}

interface Ahead<M extends Modality> {
  readonly index: number;
  readonly sample: Promise<LoadedSample<M>>;
}

/**
 * A source over files, images decoded on threads and depth maps on the calling one. Close it when done.
 *
 * @throws one line naming the first file that lacks what the modality needs
 */
export function createSampleSource<M extends Modality = 'rgb'>(files: readonly ImageFile[], options: SampleSourceOptions<M> = {}): FileSampleSource<M> {
  const { size, depthUnit: unit, depthScale: scale, workers, ahead = 8 } = options;
  const modality: Modality = options.modality ?? 'rgb';
  for (const part of files) requireWhole(part, modality);
  const images = usesImage(modality) ? createImageLoader({ ...(size && { size }), ...(workers !== undefined && { workers }) }) : undefined;
  const depths = usesDepth(modality) ? createDepthLoader({ unit, scale }) : undefined;
  const keyOf = createSampleKeys(modality, { unit, scale });
  let order: readonly number[] = [];
  let next = 0; // first position of `order` that is not decoded yet
  let reach = 0; // how many are to be decoded ahead now
  let ready: Ahead<M>[] = []; // what is decoded ahead, in the order's order
  let abandoned = new AbortController();

  function file(index: number): ImageFile {
    const found = files[index];
    if (!found) throw new Error(`sample source: expected an index from 0 to ${files.length - 1}, got ${index}`);
    return found;
  }

  /** With a signal where it is loaded ahead of need. */
  async function open(part: ImageFile, signal?: AbortSignal): Promise<LoadedSample<M>> {
    const [levels, depth] = await Promise.all([images?.load(part.path, signal), depths?.load(part.depthPath as string, signal)]);
    if (levels && depth) checkFrame(part, levels.originalSize, depth.shape);
    const own = levels?.originalSize ?? (depth?.shape as [number, number]);
    return { id: part.id, ...(levels && { image: levels.image }), ...(depth && { depth }), size: own } as LoadedSample<M>;
  }

  function fill(): void {
    while (ready.length < reach && next < order.length) {
      const index = order[next++] as number;
      const sample = open(file(index), abandoned.signal);
      sample.catch(() => undefined); // whoever asks for it sees its failure
      ready.push({ index, sample });
    }
  }

  function take(index: number): Promise<LoadedSample<M>> {
    const place = ready.findIndex((entry) => entry.index === index);
    const later = place < 0 ? order.indexOf(index, next) : -1;
    if (place < 0 && later < 0) return open(file(index)); // against the order
    const sample = ready[place]?.sample ?? open(file(index));
    const kept = place === 0 || (ready.length === 0 && later === next);
    // What stands before it in the order was skipped, by a cache for example.
    if (place >= 0) ready.splice(0, place + 1);
    else [next, ready] = [later + 1, []];
    reach = Math.min(kept ? Math.max(1, 2 * reach) : 1, ahead);
    fill();
    return sample;
  }

  return {
    length: files.length,
    id: (index) => file(index).id,
    contentKey: async (index, part) => keyOf(file(index), part),
    size: async (index) => {
      const { path, depthPath } = file(index);
      return images ? readImageSize(path) : readDepthSize(depthPath as string);
    },
    load: async (index) => take(index),
    prefetch: (wanted) => {
      wanted.forEach(file);
      abandoned.abort(new Error('another order was asked for'));
      abandoned = new AbortController();
      [order, next, ready, reach] = [[...wanted], 0, [], 0];
    },
    close: async () => {
      [order, ready] = [[], []];
      depths?.close();
      await images?.close();
    },
  };
}

function requireWhole(part: ImageFile, modality: Modality): void {
  if (usesDepth(modality) && part.depthPath === undefined) throw new Error(`${part.path}: no depth map beside it, which ${modality} needs`);
  if (usesImage(modality) && isDepthOnly(part)) throw new Error(`${part.path}: a depth map without its image, which ${modality} needs`);
}
