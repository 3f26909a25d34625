import { depthDefaults, prepareDepth, usesDepth, usesImage, type Modality } from '@blemish/depth';
import { resizeBilinear } from '@blemish/raster';
import type { NdArray } from 'ndarray';
import { ofSample } from '../of-sample.js';
import type { Sample } from '../sample.js';

/** What baselines compare of one sample by one modality. */
export interface ComparedPart {
  /** Values of a pixel. */
  readonly channels: number;
  /** [size,size,channels], flat: levels 0..255 of the image, or centimetres from the part's mean, 0 on the table. */
  readonly values: Float32Array;
  /** [size,size], 1 where differences count; absent where they count everywhere. */
  readonly foreground?: Uint8Array;
}

/** How depth is prepared for baselines: as the `quick` presets do, so that a baseline sees what a model sees. */
export const comparedDepth = {
  unshuffle: 1,
  fill: 'full',
  background: 'border',
  threshold: depthDefaults.threshold,
  level: true,
  fillHoles: true,
} as const;

/**
 * What baselines compare of a sample: its image, then its depth.
 *
 * @param size edge in pixels that both are brought to
 * @throws naming the sample where it lacks what the modality wants, or where nothing stands out of its table
 */
export function comparedParts({ id, image, depth }: Sample, modality: Modality, size: number): readonly ComparedPart[] {
  const parts: ComparedPart[] = [];
  if (usesImage(modality)) {
    if (image === undefined) throw new Error(`${id}: expected an image, got none`);
    parts.push({ channels: 3, values: levels(image, size) });
  }
  if (usesDepth(modality)) {
    if (depth === undefined) throw new Error(`${id}: expected a depth map, got none`);
    const { channels: values, foreground } = ofSample(id, () => prepareDepth(depth, { size, ...comparedDepth }));
    parts.push({ channels: 1, values, foreground });
  }
  return parts;
}

/** Levels of an image at a size, [size,size,3]. */
function levels(image: NdArray<Uint8Array>, size: number): Float32Array {
  const own = image.shape[0] === size && image.shape[1] === size ? image : resizeBilinear(image, [size, size]);
  const values = new Float32Array(size * size * 3);
  let at = 0;
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) for (let c = 0; c < 3; c++) values[at++] = own.get(y, x, c);
  return values;
}
