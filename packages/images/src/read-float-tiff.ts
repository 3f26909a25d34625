import { brokenImage } from './broken-image.js';
import { requireFormat } from './format.js';
import { defaultPixelLimit } from './pixel-limit.js';
import { readTiffSamples } from './tiff/read-tiff-samples.js';
import { readTiffLayout } from './tiff/tiff-layout.js';

/** A map as it stands in a file. */
export interface FloatMap {
  /** Values [H,W], row-major. */
  readonly data: Float32Array;
  /** [height, width] */
  readonly shape: readonly [number, number];
}

/**
 * Reads a float32 grayscale TIFF: strips or tiles, either byte order, compressed or not.
 *
 * @param name what errors call it
 * @throws one line that begins with `name`: not a TIFF, broken, several channels, or samples of another type
 */
export async function readFloatTiff(bytes: Uint8Array, name: string): Promise<FloatMap> {
  const format = requireFormat(bytes, name);
  if (format !== 'TIFF') throw new Error(`${name}: expected a TIFF of float32 values, got a ${format}`);
  try {
    const layout = readTiffLayout(bytes, name, defaultPixelLimit);
    const { width, height, samples, bits, format: type } = layout;
    if (samples !== 1 || type !== 3 || bits !== 32) {
      throw new Error(`${name}: expected one float32 channel, got ${samples} of ${bits} bits (sample format ${type})`);
    }
    return { data: readTiffSamples(bytes, layout, name), shape: [height, width] };
  } catch (cause) {
    throw brokenImage(name, format, cause);
  }
}
