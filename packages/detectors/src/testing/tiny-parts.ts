import ndarray from 'ndarray';
import { mulberry32 } from '@blemish-tools/jest';
import type { Sample, SampleSource } from '../sample.js';
import { squareSample } from './tiny-ast.js';

/** A block of 20 mm on a tilted table, seen from 0.5 m; `dent` presses 4 mm into its middle, invisible in the image. */
export function blockSample(seed: number, { size = 40, dent = false } = {}): Sample {
  const { image } = squareSample(seed, size);
  const draw = mulberry32(1000 + seed);
  const z = Float32Array.from({ length: size * size }, (_, i) => {
    const [y, x] = [Math.floor(i / size), i % size];
    const inside = y > size / 4 && y < (3 * size) / 4 && x > size / 4 && x < (3 * size) / 4;
    const pressed = dent && inside && y < size / 2 && x < size / 2;
    const table = 0.5 + 0.0002 * x - 0.0001 * y;
    const noise = 0.0002 * (draw() - 0.5);
    return draw() < 0.02 ? 0 : table + noise - (inside ? 0.02 : 0) + (pressed ? 0.004 : 0);
  });
  return { id: `${dent ? 'dent' : 'good'}/${seed}`, ...(image && { image }), depth: ndarray(z, [size, size]) };
}

/** A source of such parts. */
export function blockSource(count: number, { dent = false, first = 0 } = {}): SampleSource {
  return {
    length: count,
    id: (index) => `${dent ? 'dent' : 'good'}/${first + index}`,
    contentKey: (index, part = undefined) => Promise.resolve(`${dent}-${first + index}-${part ?? 'whole'}`),
    size: () => Promise.resolve([40, 40]),
    load: (index) => Promise.resolve(blockSample(first + index, { dent })),
  };
}
