import ndarray, { type NdArray } from 'ndarray';
import { denseCloud, type DenseCloud } from './dense-cloud.js';
import { drawTriangle, type DrawnPoints, type Drawing } from './draw-triangle.js';
import { lightPoints } from './light-points.js';
import { viewFrame } from './view-frame.js';
import { viewRotation, type Rotation } from './view-rotation.js';

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

/** Share of the picture's height that a triangle may span: longer ones are stray points, not walls. */
const longest = 0.15;

/**
 * Draws an organised cloud for people: parallel projection, neighbouring points joined to a surface, shaded by its normals.
 * Missing points leave holes.
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
  const drawing = {
    rows,
    columns,
    levels: new Uint8Array(rows * columns * 3).fill(paper),
    nearest: new Float32Array(rows * columns).fill(Infinity),
  };
  const rotation = viewRotation(azimuth, elevation);
  const drawn = placed(points, rotation, drawing, lightPoints(points, paint?.data, rotation));
  if (drawn !== undefined) {
    drawSurface(drawing, drawn, points.height, points.width);
    drawDots(drawing, drawn);
  }
  return ndarray(averaged(drawing.levels, height, width), [height, width, 3]);
}

/** Points in the drawing's coordinates, NaN where one is missing; undefined when all are. */
function placed(points: DenseCloud<Float32Array>, r: Rotation, drawing: Drawing, lit: Uint8Array): DrawnPoints | undefined {
  const frame = viewFrame(points, r, [drawing.rows, drawing.columns]);
  if (frame === undefined) return undefined;
  const { scale, left, top } = frame;
  const { data } = points;
  const count = data.length / 3;
  const [us, vs, away] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const [x, y, z] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    const missing = z === 0 ? Number.NaN : x - x + (y - y) + (z - z); // 0, or NaN from NaN and the infinities
    us[i] = scale * (r[0] * x + r[1] * y + r[2] * z) + left - 0.5 + missing;
    vs[i] = scale * (r[3] * x + r[4] * y + r[5] * z) + top - 0.5;
    away[i] = r[6] * x + r[7] * y + r[8] * z;
  }
  return { us, vs, away, lit };
}

/** Two triangles for each four neighbours, one where a single point of them is missing. */
function drawSurface(drawing: Drawing, points: DrawnPoints, height: number, width: number): void {
  const most = longest * drawing.rows;
  const { us, vs } = points;
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0, i = y * width; x < width - 1; x++, i++) {
      const [a, b, c, d] = [i, i + 1, i + width, i + width + 1]; // a b over c d
      if (us[b] === us[b] && us[c] === us[c]) {
        draw(a, b, c);
        draw(b, d, c);
      } else {
        draw(a, b, d);
        draw(a, d, c);
      }
    }
  }

  /** NaN, a missing corner, fails every comparison. */
  function draw(a: number, b: number, c: number): void {
    if (near(a, b) && near(b, c) && near(c, a)) drawTriangle(drawing, points, a, b, c);
  }

  function near(a: number, b: number): boolean {
    return Math.abs((us[a] as number) - (us[b] as number)) <= most && Math.abs((vs[a] as number) - (vs[b] as number)) <= most;
  }
}

/** Every point as one pixel of the picture, for those without neighbours. */
function drawDots({ rows, columns, levels, nearest }: Drawing, { us, vs, away, lit }: DrawnPoints): void {
  for (let i = 0; i < us.length; i++) {
    const left = Math.round((us[i] as number) - (finer - 1) / 2); // NaN where the point is missing: no loop runs
    const top = Math.round((vs[i] as number) - (finer - 1) / 2);
    for (let v = Math.max(0, top); v < Math.min(rows, top + finer); v++) {
      for (let u = Math.max(0, left); u < Math.min(columns, left + finer); u++) {
        const pixel = v * columns + u;
        if (!((away[i] as number) < (nearest[pixel] as number))) continue;
        nearest[pixel] = away[i] as number;
        for (let k = 0; k < 3; k++) levels[pixel * 3 + k] = lit[i * 3 + k] as number;
      }
    }
  }
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
