import ndarray, { type NdArray } from 'ndarray';
import type { HelperJob } from '../helpers.js';
import type { Sample } from '../sample.js';

/** Arrays of one part by what they are, such as `features`. */
export type PartArrays = Readonly<Record<string, Float32Array>>;

/** Work on one part as plain data, so that another thread can do it; its result is what was wanted. */
export interface PartJob extends HelperJob {
  readonly image?: Plain<Uint8Array>;
  readonly depthMap?: Plain<Float32Array>;
  /** What is known of the part already; image and depth map are absent where that is all it takes. */
  readonly known: PartArrays;
  readonly want: readonly string[];
}

/** An ndarray without its methods, which are lost between threads. */
type Plain<D> = { readonly data: D; readonly shape: number[]; readonly stride: number[]; readonly offset: number };

/** A job from a decoded part, of which some may be known. */
export function jobOf({ id, image, depth }: Sample, want: readonly string[], known: PartArrays): PartJob {
  return { id, known, want, ...(image && { image: plain(image) }), ...(depth && { depthMap: plain(depth) }) };
}

/** The decoded part of a job. */
export function sampleOf({ id, image, depthMap }: PartJob): Sample {
  return { id, ...(image && { image: wrapped(image) }), ...(depthMap && { depth: wrapped(depthMap) }) };
}

function plain<D extends Uint8Array | Float32Array>({ data, shape, stride, offset }: NdArray<D>): Plain<D> {
  return { data, shape, stride, offset };
}

function wrapped<D extends Uint8Array | Float32Array>({ data, shape, stride, offset }: Plain<D>): NdArray<D> {
  return ndarray(data, shape, stride, offset);
}
