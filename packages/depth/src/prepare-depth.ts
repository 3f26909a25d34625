import { resizeMask } from '@blemish/raster';
import ndarray, { type NdArray } from 'ndarray';
import { backgroundPlane, type BackgroundFit } from './background-plane.js';
import { centreDepth } from './centre-depth.js';
import { denseMap } from './dense-map.js';
import { dilate } from './dilate.js';
import { fillGaps, type FillMode } from './fill-gaps.js';
import { fillHoles } from './fill-holes.js';
import { foregroundMask } from './foreground-mask.js';
import { levelDepth } from './level-depth.js';
import { pixelUnshuffle } from './pixel-unshuffle.js';
import { resizeDepth } from './resize-depth.js';

/** The depth recipe of AST: what happens between a depth map and the network. */
export interface PrepareDepthOptions {
  /** Side in pixels that the map is resized to; 192 / 8 is the 24 of EfficientNet's features at 768. */
  readonly size: number;
  /** Side of the cells that become channels: 8 gives 64 channels. */
  readonly unshuffle: number;
  /** `official` fills three pixels deep and never row 0 or column 0; `full` fills everything. */
  readonly fill: FillMode;
  /** Passes of `official`. */
  readonly fillPasses: number;
  /** `none`: there is no table (a height map of the part alone); what was measured is foreground, whatever `fill` adds. */
  readonly background: BackgroundFit | 'none';
  /** Metres that the part must stand out of the background by: 7 mm is above a table's own noise. */
  readonly threshold: number;
  /** Takes the background's slope off the depth, so that a tilted table does not look like a tilted part; nothing under `none`. The released code does not. */
  readonly level: boolean;
  /** Counts what the part encloses as part: a deep bore then is scored. The released code does not. */
  readonly fillHoles: boolean;
  /** Side in pixels (at `size`) of the square the mask grows by, so that the part's rim is scored; 1: none. */
  readonly dilate: number;
  /** 100: metres to centimetres, the released code's; 1000, millimetres, brings what a part's faces differ by to the order of 1. */
  readonly scale: number;
}

/** The released code's values. */
export const depthDefaults: PrepareDepthOptions = {
  size: 192,
  unshuffle: 8,
  fill: 'official',
  fillPasses: 3,
  background: 'corners',
  threshold: 0.007,
  level: false,
  fillHoles: false,
  dilate: 8,
  scale: 100,
};

/** What the network and its losses read. */
export interface PreparedDepth {
  /** [h,w,r*r] centimetres from the foreground's mean, 0 on the background. */
  readonly channels: Float32Array;
  /** [h,w] share of foreground, 0..1: the mean of the cell's four central pixels where r is even. */
  readonly mask: Float32Array;
  /** [size,size] 0 and 1, dilated. */
  readonly foreground: Uint8Array;
  /** [h, w, r*r] with h = w = size / unshuffle. */
  readonly shape: readonly [number, number, number];
}

/**
 * From a depth map to network input: gaps filled, background found, foreground centred, resized, unshuffled (AST,
 * section 3.2, and preprocess.py and utils.py of the released code, whose numbers the defaults give). Unlike that code it
 * never returns NaN.
 *
 * @param z depth [H,W], metres; 0, NaN and the infinities are missing
 * @param options what differs from {@link depthDefaults}
 * @throws `background: ...` when none is found, `foreground: ...` when nothing stands out of it
 */
export function prepareDepth(z: NdArray<Float32Array>, options: Partial<PrepareDepthOptions> = {}): PreparedDepth {
  const settings = { ...depthDefaults, ...options };
  const { size, unshuffle, background } = settings;
  if (!(Number.isSafeInteger(size) && size > 0 && Number.isSafeInteger(unshuffle) && unshuffle > 0) || size % unshuffle !== 0) {
    throw new Error(`prepareDepth: expected a size that is a multiple of unshuffle, got ${size} and ${unshuffle}`);
  }
  if (background !== 'corners' && background !== 'border' && background !== 'none') {
    throw new Error(`prepareDepth: expected background corners, border or none, got ${String(background)}`);
  }
  const filled = fillGaps(z, { mode: settings.fill, passes: settings.fillPasses });
  const { depth, part }: Seen = background === 'none' ? { depth: filled, part: whole(measured(z), settings) } : standsOut(filled, background, settings);
  const centred = centreDepth(depth, part, { scale: settings.scale }); // [H,W]
  const small = resizeDepth(centred, [size, size]); // [size,size]
  const { data: channels, shape } = pixelUnshuffle(small, unshuffle); // [h,w,r*r]
  const cells = shape as [number, number, number];
  const [h, w] = cells;
  const [height, width] = part.shape as [number, number];
  const binary = resizeMask(part.data, [height, width], [size, size]);
  if (!binary.includes(1)) throw new Error(`foreground: expected pixels that are left at ${size} x ${size}, got specks that vanish there`);
  const foreground = dilate(ndarray(binary, [size, size]), settings.dilate).data; // [size,size]
  const mask = resizeDepth(ndarray(Float32Array.from(foreground), [size, size]), [h, w]).data; // [h,w]
  return { channels, mask, foreground, shape: cells };
}

/** The depth to look at, and where the part is. */
interface Seen {
  readonly depth: NdArray<Float32Array>;
  readonly part: NdArray<Uint8Array>;
}

/** What stands out of the background. */
function standsOut(z: NdArray<Float32Array>, fit: BackgroundFit, settings: PrepareDepthOptions): Seen {
  const plane = backgroundPlane(z, { fit });
  const part = whole(foregroundMask(z, plane, settings.threshold), settings);
  return { depth: settings.level ? levelDepth(z, plane) : z, part };
}

/** The mask, with what it encloses where that counts. */
function whole(mask: NdArray<Uint8Array>, { fillHoles: holes }: PrepareDepthOptions): NdArray<Uint8Array> {
  return holes ? fillHoles(mask) : mask;
}

function measured(z: NdArray<Float32Array>): NdArray<Uint8Array> {
  const { data, height, width } = denseMap(z, 'prepareDepth');
  return ndarray(Uint8Array.from(data, (value) => (value !== 0 && value - value === 0 ? 1 : 0)), [height, width]);
}
