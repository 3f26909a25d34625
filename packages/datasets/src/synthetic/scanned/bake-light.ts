import { castShadow } from './cast-shadow.js';
import type { Scene } from './scene.js';
import { ramp } from './shapes.js';
import type { SurfaceField } from './surface-field.js';

const { max, sqrt } = Math;

/** Light from all around, and from the lamp, as shares of full light; a shadow's soft border in millimetres. */
const [ambient, direct, softness] = [0.3, 0.8, 2.5];

/**
 * Light that each cell sends to the camera, [count,count,3], linear: diffuse (Lambert) and a highlight (Blinn and Phong,
 * exponent 16), with the lamp's shadow.
 */
export function bakeLight(field: SurfaceField, { lamp, eye, gains }: Scene): Float32Array {
  const { count, cell, left, heights, colours, gloss } = field;
  const shadow = castShadow(field, lamp);
  const light = new Float32Array(count * count * 3);
  const [lx, ly, lh] = lamp;
  for (let i = 0, at = 0; i < count; i++) {
    const above = i > 0 ? count : 0;
    const below = i < count - 1 ? count : 0;
    for (let j = 0; j < count; j++, at++) {
      const h = heights[at] as number;
      const before = j > 0 ? 1 : 0;
      const after = j < count - 1 ? 1 : 0;
      const slopeX = ((heights[at + after] as number) - (heights[at - before] as number)) / ((before + after) * cell);
      const slopeY = ((heights[at + below] as number) - (heights[at - above] as number)) / (((above + below) / count) * cell);
      const steep = 1 / sqrt(1 + slopeX * slopeX + slopeY * slopeY);
      const lit = 1 - ramp(((shadow[at] as number) - h) / softness);
      const diffuse = max(0, lh - slopeX * lx - slopeY * ly) * steep * lit;
      // Half way between lamp and camera.
      const [vx, vy, vh] = [eye[0] - (left + j * cell), eye[1] - (left + i * cell), eye[2] - h];
      const far = 1 / sqrt(vx * vx + vy * vy + vh * vh);
      const [hx, hy, hh] = [lx + vx * far, ly + vy * far, lh + vh * far];
      const facing = max(0, (hh - slopeX * hx - slopeY * hy) * steep) / sqrt(hx * hx + hy * hy + hh * hh);
      const p2 = facing * facing;
      const p4 = p2 * p2;
      const p8 = p4 * p4;
      const highlight = (gloss[at] as number) * p8 * p8 * lit;
      const matt = ambient * (0.5 + 0.5 * steep) + direct * diffuse;
      for (let c = 0; c < 3; c++) light[at * 3 + c] = ((colours[at * 3 + c] as number) * matt + highlight) * (gains[c] as number);
    }
  }
  return light;
}
