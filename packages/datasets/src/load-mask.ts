import { decodeMask, readDepthSize, readImageSize } from '@blemish/images';
import { resizeMask } from '@blemish/raster';
import { isDepthOnly, type LabeledFile } from './dataset.js';

/**
 * Ground truth of one test image: 1 where a defect is, [H,W], at the mask's own size or brought to `outShape`; all 0 for a
 * good image.
 *
 * @throws one line: a defective image without a mask, a mask that cannot be read
 */
export async function loadMask(file: LabeledFile, outShape?: readonly [number, number]): Promise<Uint8Array> {
  if (file.label === 0) {
    const [height, width] = outShape ?? (await (isDepthOnly(file) ? readDepthSize : readImageSize)(file.path));
    return new Uint8Array(height * width);
  }
  if (file.maskPath === undefined) throw new Error(`${file.path}: a defective image without a mask`);
  const { data, shape } = await decodeMask(file.maskPath);
  return resizeMask(data, shape, outShape ?? shape);
}
