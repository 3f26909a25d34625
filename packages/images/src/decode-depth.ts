import ndarray, { type NdArray } from 'ndarray';
import { defaultDepthLimit } from './depth-limit.js';
import { readBytes } from './read-bytes.js';
import { readStoredDepth } from './read-stored-depth.js';

/** How depth is decoded. */
export interface DecodeDepthOptions {
  /** What errors call it (default: the path, or "depth"). */
  readonly name?: string;
  /** Unit of the file's values, before `scale` (default `m`). */
  readonly unit?: 'm' | 'mm';
  /** Units of one level of a height map; a factor for measured values, too (default 1 there). */
  readonly scale?: number;
  /** Most pixels accepted (default 2^26). */
  readonly pixelLimit?: number;
}

/** Depth in metres. */
export interface DecodedDepth {
  /** [H,W], dense; 0 where nothing was measured. */
  readonly z: NdArray<Float32Array>;
  /** x, y, z [H,W,3], dense, where the file holds points; 0, 0, 0 where nothing was measured. */
  readonly cloud?: NdArray<Float32Array>;
}

/**
 * Decodes an organised point cloud or a depth map: float TIFF of 3 channels or 1, gray TIFF of whole levels up to 32
 * bits and PNG of 8 or 16 (height maps, whose levels need a scale), NPY [H,W] or [H,W,3], organised PLY and PCD. The content tells the format, never the
 * name. A point whose z is 0, or any of whose coordinates is NaN or infinite, is missing.
 *
 * @param source a path, or the file's bytes
 * @throws one line that begins with the file's name: not readable, no depth (saying what it is), broken, too large,
 *   unorganised points, a height map without a scale
 */
export async function decodeDepth(source: string | Uint8Array, options: DecodeDepthOptions = {}): Promise<DecodedDepth> {
  const { unit = 'm', scale, pixelLimit = defaultDepthLimit } = options;
  const name = options.name ?? (typeof source === 'string' ? source : 'depth');
  if (unit !== 'm' && unit !== 'mm') throw new Error(`${name}: expected the depth unit m or mm, got ${String(unit)}`);
  if (scale !== undefined && !(scale > 0 && Number.isFinite(scale))) throw new Error(`${name}: expected a depth scale above 0, got ${scale}`);
  const bytes = typeof source === 'string' ? await readBytes(source) : source;
  const { data, rows, columns, channels, levels } = await readStoredDepth(bytes, name, pixelLimit);
  if (levels !== undefined && scale === undefined) {
    throw new Error(`${name}: a height map of ${levels} needs a scale, the ${unit === 'm' ? 'metres' : 'millimetres'} of one level (--depth-scale)`);
  }
  const factor = (unit === 'mm' ? 1e-3 : 1) * (scale ?? 1);
  const metres = (value: number | undefined): number => Math.fround((value as number) * factor);
  if (channels === 1) {
    for (let i = 0; i < data.length; i++) data[i] = finite(metres(data[i]));
    return { z: ndarray(data, [rows, columns]) };
  }
  const z = new Float32Array(rows * columns);
  for (let i = 0, at = 0; i < z.length; i++, at += 3) {
    const [x, y, depth] = [metres(data[at]), metres(data[at + 1]), metres(data[at + 2])];
    const measured = depth !== 0 && Number.isFinite(depth) && Number.isFinite(x) && Number.isFinite(y);
    data[at] = measured ? x : 0;
    data[at + 1] = measured ? y : 0;
    data[at + 2] = z[i] = measured ? depth : 0;
  }
  return { z: ndarray(z, [rows, columns]), cloud: ndarray(data, [rows, columns, 3]) };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value + 0 : 0; // -0 becomes 0
}
