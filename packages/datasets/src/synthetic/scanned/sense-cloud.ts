import { seededRandom } from '../../seeded-random.js';
import { lattice, valueNoise } from '../value-noise.js';
import { castShadow } from './cast-shadow.js';
import type { Scene } from './scene.js';
import { ramp } from './shapes.js';
import type { SurfaceField } from './surface-field.js';

const { abs, floor, max, min } = Math;

/** What the sensor adds and loses; lengths in millimetres. docs/synthetic-parts.md says why. */
export const sensor = {
  /** Standard deviation of z at 400 mm; it grows with the square of the distance. */
  noise: 0.1,
  /** Slow ripple, to either side, and its period as a share of the picture's edge. */
  ripple: 0.1,
  ripplePeriod: 0.1,
  /** Slopes between which points are lost, and the share that is lost on the steepest. */
  steep: [3, 8],
  steepLost: 0.7,
  /** Share of points lost anywhere, and most clusters of lost points, up to this share of the picture's edge in radius. */
  speckle: 0.0015,
  clusters: 3,
  clusterRadius: 0.012,
} as const;

/**
 * The organised cloud that a sensor with projector delivers, [size,size,3] in metres, (0, 0, 0) where nothing was measured: noise,
 * then points lost at steep places, where the projector does not reach, here and there, and sometimes in a corner.
 *
 * @param depth z without noise, [size,size], in millimetres
 */
export function senseCloud(depth: Float32Array, field: SurfaceField, scene: Scene): Float32Array {
  const { size, focal, sensing } = scene;
  const lost = lostPoints(depth, field, scene);
  const cloud = new Float32Array(size * size * 3);
  const ripples = 1 / (size * sensor.ripplePeriod);
  for (let y = 0, pixel = 0; y < size; y++)
    for (let x = 0; x < size; x++, pixel++) {
      if (lost[pixel] === 1) continue;
      const far = (depth[pixel] as number) / 400;
      // Three uniform draws, scaled to a standard deviation of 1.
      const draw = 2 * (lattice(sensing, x, y) + lattice(sensing ^ 1, x, y) + lattice(sensing ^ 2, x, y)) - 3;
      const ripple = sensor.ripple * (2 * valueNoise(sensing ^ 3, x * ripples, y * ripples) - 1);
      const z = ((depth[pixel] as number) + far * far * (sensor.noise * draw + ripple)) / 1000;
      cloud[pixel * 3] = (z * (x + 0.5 - size / 2)) / focal;
      cloud[pixel * 3 + 1] = (z * (y + 0.5 - size / 2)) / focal;
      cloud[pixel * 3 + 2] = z;
    }
  return cloud;
}

/** 1 where nothing is measured, [size,size]. */
function lostPoints(depth: Float32Array, field: SurfaceField, scene: Scene): Uint8Array {
  const { size, focal, sensing, blind } = scene;
  const lost = new Uint8Array(size * size);
  const isDark = darkCells(field, scene);
  const [gentle, steepest] = sensor.steep;
  for (let y = 0, pixel = 0; y < size; y++)
    for (let x = 0; x < size; x++, pixel++) {
      const z = depth[pixel] as number;
      const left = x > 0 ? abs(z - (depth[pixel - 1] as number)) : 0;
      const right = x < size - 1 ? abs(z - (depth[pixel + 1] as number)) : 0;
      const above = y > 0 ? abs(z - (depth[pixel - size] as number)) : 0;
      const below = y < size - 1 ? abs(z - (depth[pixel + size] as number)) : 0;
      const slope = (max(left, right, above, below) * focal) / z;
      const share = sensor.speckle + sensor.steepLost * ramp((slope - gentle) / (steepest - gentle));
      if (lattice(sensing ^ 4, x, y) < share || isDark(x, y, z)) lost[pixel] = 1;
    }
  const random = seededRandom(sensing);
  for (let k = random.below(sensor.clusters + 1); k > 0; k--) {
    const [cx, cy] = [random.uniform(0, size), random.uniform(0, size)];
    const radius = size * random.uniform(sensor.clusterRadius / 3, sensor.clusterRadius);
    for (let y = max(0, floor(cy - radius)); y <= min(size - 1, cy + radius); y++)
      for (let x = max(0, floor(cx - radius)); x <= min(size - 1, cx + radius); x++) {
        if ((x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius) lost[y * size + x] = 1;
      }
  }
  if (!blind) return lost;
  for (let y = 0; y < blind.height; y++)
    for (let x = 0; x / blind.width + y / blind.height < 1; x++) {
      lost[(blind.corner & 2 ? size - 1 - y : y) * size + (blind.corner & 1 ? size - 1 - x : x)] = 1;
    }
  return lost;
}

/** Whether the point that a pixel sees at depth z lies in the projector's shadow. */
function darkCells(field: SurfaceField, { size, focal, axes: [ex, ey, eh], eye, projector }: Scene): (x: number, y: number, z: number) => boolean {
  const { count, cell, left } = field;
  const shadow = castShadow(field, projector);
  return (x, y, z) => {
    const [px, py] = [((x + 0.5 - size / 2) / focal) * z, ((y + 0.5 - size / 2) / focal) * z];
    const column = (eye[0] + px * ex[0] + py * ex[1] + z * ex[2] - left) / cell;
    const row = (eye[1] + px * ey[0] + py * ey[1] + z * ey[2] - left) / cell;
    const height = eye[2] + px * eh[0] + py * eh[1] + z * eh[2];
    const at = min(count - 1, max(0, floor(row + 0.5))) * count + min(count - 1, max(0, floor(column + 0.5)));
    return (shadow[at] as number) > height + 0.4;
  };
}
