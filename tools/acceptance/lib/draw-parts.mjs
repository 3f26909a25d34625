// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodePng } from './png.mjs';

/**
 * A drawn part: a bright disc with a fine grain, its place and shade varying with `seed`; with a scratch where asked for.
 *
 * @param {number} size edge in pixels
 * @param {number} seed
 * @param {boolean} [scratched]
 * @returns {{image: Uint8Array, mask: Uint8Array}} PNG files
 */
export function drawPart(size, seed, scratched = false) {
  const next = mulberry32(seed);
  const [cx, cy] = [size * (0.48 + 0.04 * next()), size * (0.48 + 0.04 * next())];
  const [radius, shade] = [size * (0.34 + 0.02 * next()), 150 + 20 * next()];
  const [row, slope] = [size * (0.4 + 0.2 * next()), next() - 0.5];
  const image = new Uint8Array(size * size * 3);
  const mask = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside = Math.hypot(x - cx, y - cy) < radius;
      const scratch = scratched && inside && Math.abs(y - row - slope * (x - cx)) < size / 40;
      const level = (inside ? shade : 40) + 16 * (next() - 0.5) - (scratch ? 90 : 0);
      image.set([level, level * 0.9, level * 0.7], 3 * (y * size + x));
      mask[y * size + x] = scratch ? 255 : 0;
    }
  }
  const shape = { width: size, height: size };
  return { image: encodePng({ ...shape, channels: 3 }, image), mask: encodePng({ ...shape, channels: 1 }, mask) };
}

/**
 * Writes a small data set in the layout of MVTec AD.
 *
 * @param {string} category its folder
 * @param {{train: number, test: number, size?: number}} counts images of training, and of each kind of test
 */
export function drawDataset(category, { train, test, size = 128 }) {
  const name = (/** @type {number} */ i) => String(i).padStart(3, '0');
  for (let i = 0; i < train; i++) writeInto(join(category, 'train/good', `${name(i)}.png`), drawPart(size, i).image);
  for (let i = 0; i < test; i++) {
    writeInto(join(category, 'test/good', `${name(i)}.png`), drawPart(size, 1000 + i).image);
    const { image, mask } = drawPart(size, 2000 + i, true);
    writeInto(join(category, 'test/scratch', `${name(i)}.png`), image);
    writeInto(join(category, 'ground_truth/scratch', `${name(i)}_mask.png`), mask);
  }
}

/**
 * Writes a file and the folders above it.
 *
 * @param {string} path
 * @param {Uint8Array | string} data
 */
export function writeInto(path, data) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, data);
}

/** @param {number} seed @returns {() => number} numbers in [0,1) */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
