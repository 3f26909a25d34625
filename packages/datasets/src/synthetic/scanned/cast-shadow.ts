import type { SurfaceField } from './surface-field.js';

const { abs, floor, max, min, sqrt } = Math;

/**
 * How high the shadow of a distant light reaches at each cell, in millimetres above the table: what is lower lies in it. One
 * sweep away from the light, each row from the one before it.
 *
 * @param light unit vector towards the light, in the table's frame
 */
export function castShadow({ count, cell, heights }: Pick<SurfaceField, 'count' | 'cell' | 'heights'>, light: readonly [number, number, number]): Float32Array {
  const [lx, ly, lh] = light;
  const alongX = abs(lx) >= abs(ly);
  const [main, other] = alongX ? [lx, ly] : [ly, lx];
  const shadow = new Float32Array(count * count);
  if (main === 0) return shadow;
  const [step, across] = alongX ? [1, count] : [count, 1]; // from line to line of the sweep, and within a line
  const slant = other / abs(main); // cells to the side for each line towards the light
  const drop = (cell * sqrt(1 + slant * slant) * lh) / sqrt(lx * lx + ly * ly);
  const first = main > 0 ? count - 1 : 0;
  const towards = main > 0 ? 1 : -1;
  for (let k = 1; k < count; k++) {
    const line = first - k * towards;
    for (let c = 0; c < count; c++) {
      const from = min(count - 1, max(0, c + slant));
      const low = min(count - 2, floor(from));
      const a = (line + towards) * step + low * across;
      const b = a + across;
      const left = max(heights[a] as number, shadow[a] as number);
      const right = max(heights[b] as number, shadow[b] as number);
      shadow[line * step + c * across] = max(0, left + (right - left) * (from - low) - drop);
    }
  }
  return shadow;
}
