import { lattice } from '../value-noise.js';
import type { Scene } from './scene.js';

const { min, sqrt } = Math;

/** Light lost in the picture's corners. */
const vignetting = 0.14;

/** Noise of the camera in levels, none and per level: its standard deviation is 0.41 of it. */
const [noise, noisePerLevel] = [2.2, 0.02];

/** Levels 0 .. 255 without noise, [size,size,3]: vignetting, then a square root, close to what screens expect. */
export function exposeLight(light: Float32Array, size: number): Float32Array {
  const levels = new Float32Array(light.length);
  for (let y = 0, at = 0; y < size; y++) {
    const dy = (2 * y + 1) / size - 1;
    for (let x = 0; x < size; x++) {
      const dx = (2 * x + 1) / size - 1;
      const share = 1 - (vignetting * (dx * dx + dy * dy)) / 2;
      for (let c = 0; c < 3; c++, at++) levels[at] = 255 * sqrt(min(1, (light[at] as number) * share));
    }
  }
  return levels;
}

/** Adds the camera's noise, each pixel and colour its own, and rounds to 8 bits. */
export function takePicture(levels: Float32Array, { size, grain }: Scene): Uint8Array {
  const picture = new Uint8ClampedArray(levels.length); // rounds and clips
  for (let y = 0, at = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (let c = 0; c < 3; c++, at++) {
        const level = levels[at] as number;
        const draw = lattice(grain ^ c, x, y) + lattice(grain ^ (c + 4), x, y) - 1;
        picture[at] = level + draw * (noise + noisePerLevel * level);
      }
  return new Uint8Array(picture.buffer);
}
