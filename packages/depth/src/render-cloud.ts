import ndarray, { type NdArray } from 'ndarray';
import { denseCloud } from './dense-cloud.js';
import { surfaceNormals } from './surface-normals.js';
import { viewFrame } from './view-frame.js';
import { viewRotation } from './view-rotation.js';

/** From where, and how large. */
export interface RenderCloudOptions {
  /** Size of the picture in pixels (default 640 x 480). */
  readonly width?: number;
  readonly height?: number;
  /** Degrees the part is turned on its table (default 25). */
  readonly azimuth?: number;
  /** Degrees of the viewer over the table (default 45); 90: the sensor's own view. */
  readonly elevation?: number;
}

/** Both sides of the drawing for each side of the picture: edges are smoothed by averaging. */
const finer = 2;

/** Level of what no point covers. */
const paper = 255;

/** Level of points without colours. */
const gray = 200;

/** Towards the light, in the viewer's frame: from the upper left, behind the viewer. */
const light = [-0.45, -0.55, -0.7036] as const;

/** Brightness of what the light does not reach. */
const ambient = 0.4;

/**
 * Draws an organised cloud for people: parallel projection, the nearest point wins, shaded by the surface's normals. Each
 * point is a square as large as the points are apart.
 *
 * @param cloud x, y, z in metres, [H,W,3]; z = 0, NaN and the infinities are missing
 * @param colours levels [H,W,3], such as an image with heat over it; undefined: gray
 * @returns RGB [height,width,3]; white where there is nothing
 */
export function renderCloud(
  cloud: NdArray<Float32Array>,
  colours: NdArray<Uint8Array> | undefined,
  options: RenderCloudOptions = {},
): NdArray<Uint8Array> {
  const { width = 640, height = 480, azimuth = 25, elevation = 45 } = options;
  if (![width, height].every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new Error(`renderCloud: expected a width and height in whole pixels above 0, got ${width} x ${height}`);
  }
  if (!Number.isFinite(azimuth + elevation)) throw new Error(`renderCloud: expected angles in degrees, got ${azimuth} and ${elevation}`);
  const points = denseCloud(cloud, 'renderCloud');
  const paint = colours === undefined ? undefined : denseCloud(colours, 'renderCloud, colours');
  if (paint !== undefined && (paint.height !== points.height || paint.width !== points.width)) {
    throw new Error(
      `renderCloud: expected colours of [${points.height}, ${points.width}, 3], the cloud's size, got [${paint.height}, ${paint.width}, 3]`,
    );
  }
  const [rows, columns] = [height * finer, width * finer];
  const drawing = new Uint8Array(rows * columns * 3).fill(paper);
  const r = viewRotation(azimuth, elevation);
  const frame = viewFrame(points, r, [rows, columns]);
  if (frame === undefined) return ndarray(averaged(drawing, height, width), [height, width, 3]);
  const { scale, left, top, spacing } = frame;
  const side = Math.min(Math.max(1, Math.ceil(1.25 * spacing)), 64); // of a point's square
  const nearest = new Float32Array(rows * columns).fill(Infinity);
  const normals = surfaceNormals(cloud).data;
  const { data } = points;
  const levels = paint?.data;
  for (let at = 0; at < data.length; at += 3) {
    const [x, y, z] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    if (z === 0 || !Number.isFinite(x + y + z)) continue;
    const column = Math.round(scale * (r[0] * x + r[1] * y + r[2] * z) + left - side / 2);
    const row = Math.round(scale * (r[3] * x + r[4] * y + r[5] * z) + top - side / 2);
    if (column >= columns || row >= rows || column + side <= 0 || row + side <= 0) continue;
    const away = r[6] * x + r[7] * y + r[8] * z;
    const [nx, ny, nz] = [normals[at] as number, normals[at + 1] as number, normals[at + 2] as number];
    // The light's direction turned back into the sensor's frame, times the normal.
    const lit =
      nx * (r[0] * light[0] + r[3] * light[1] + r[6] * light[2]) +
      ny * (r[1] * light[0] + r[4] * light[1] + r[7] * light[2]) +
      nz * (r[2] * light[0] + r[5] * light[1] + r[8] * light[2]);
    const brightness = ambient + (1 - ambient) * Math.max(0, lit);
    const [red, green, blue] = levels
      ? [levels[at] as number, levels[at + 1] as number, levels[at + 2] as number]
      : [gray, gray, gray];
    for (let v = Math.max(0, row); v < Math.min(rows, row + side); v++) {
      for (let u = Math.max(0, column); u < Math.min(columns, column + side); u++) {
        const pixel = v * columns + u;
        if (!(away < (nearest[pixel] as number))) continue;
        nearest[pixel] = away;
        drawing[pixel * 3] = red * brightness;
        drawing[pixel * 3 + 1] = green * brightness;
        drawing[pixel * 3 + 2] = blue * brightness;
      }
    }
  }
  return ndarray(averaged(drawing, height, width), [height, width, 3]);
}

/** Each pixel the mean of its `finer` x `finer` ones in the drawing. */
function averaged(drawing: Uint8Array, height: number, width: number): Uint8Array {
  const out = new Uint8Array(height * width * 3);
  const row = width * finer * 3;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * finer * row + x * finer * 3;
      for (let c = cell; c < cell + 3; c++) {
        let sum = 0;
        for (let dy = 0; dy < finer; dy++) for (let dx = 0; dx < finer; dx++) sum += drawing[c + dy * row + dx * 3] as number;
        out[to++] = sum / finer ** 2 + 0.5;
      }
    }
  }
  return out;
}
