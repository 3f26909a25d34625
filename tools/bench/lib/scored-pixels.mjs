// @ts-check
import { upsampleBicubic } from '@blemish/raster';

/** @typedef {'smooth' | 'levels' | 'distinct' | 'sorted'} Kind */

const edge = 900;
const coarse = 24;
const images = 83;
const defective = 63;

/**
 * Maps as a detector makes them, from 24x24, and masks of one to three ellipses, of which the map knows: as many as the test
 * set of a category has, and of their size.
 *
 * @param {Kind} kind smooth: just that; levels: rounded to some 40 levels; distinct: noise, no pixel like its neighbour and
 *   hardly two equal; sorted: the same scores, ascending from pixel to pixel and image to image
 * @returns {{shape: number[], maps: Float32Array, masks: Uint8Array}} [N,H,W]
 */
export function scoredPixels(kind) {
  const draw = uniform(1);
  const size = edge * edge;
  const maps = new Float32Array(images * size);
  const masks = new Uint8Array(images * size);
  for (let image = 0; image < images; image++) {
    const mask = masks.subarray(image * size, (image + 1) * size);
    const low = Float32Array.from({ length: coarse * coarse }, () => 0.05 - 0.15 * Math.log(draw() * draw())); // Gamma(2)
    if (image >= images - defective) {
      for (let left = 1 + Math.floor(3 * draw()); left > 0; left--) drawEllipse(mask, draw);
      const strength = 0.2 + 1.3 * draw();
      for (let i = 0; i < low.length; i++) {
        const [y, x] = [Math.floor(i / coarse), i % coarse].map((at) => Math.floor(((at + 0.5) * edge) / coarse));
        low[i] = Number(low[i]) + strength * Number(mask[Number(y) * edge + Number(x)]);
      }
    }
    maps.set(upsampleBicubic(low, [coarse, coarse], [edge, edge]), image * size);
  }
  if (kind === 'levels') for (let i = 0; i < maps.length; i++) maps[i] = Math.round(8 * Number(maps[i]));
  if (kind === 'distinct') for (let i = 0; i < maps.length; i++) maps[i] = draw() + 0.3 * Number(masks[i]);
  if (kind === 'sorted') maps.sort();
  return { shape: [images, edge, edge], maps, masks };
}

/**
 * Scores one for one: one in twenty is defective, and scores higher on the whole.
 *
 * @param {number} count
 */
export function scoredSamples(count) {
  const draw = uniform(2);
  const scores = new Float32Array(count);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = draw() < 0.05 ? 1 : 0;
    scores[i] = draw() + draw() + 0.5 * Number(labels[i]);
  }
  return { scores, labels };
}

/** @param {Uint8Array} mask @param {() => number} draw */
function drawEllipse(mask, draw) {
  const [cy, cx] = [100 + 700 * draw(), 100 + 700 * draw()];
  const [a, b] = [40 + 100 * draw(), 40 + 100 * draw()];
  const [cos, sin] = [Math.cos(3 * draw()), Math.sin(3 * draw())];
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      const [u, v] = [(x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin];
      if ((u / a) ** 2 + (v / b) ** 2 < 1) mask[y * edge + x] = 1;
    }
  }
}

/** Numbers in (0, 1), 32 bits of them: splitmix32. @param {number} seed */
function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (((z ^ (z >>> 15)) >>> 0) + 0.5) / 2 ** 32;
  };
}
