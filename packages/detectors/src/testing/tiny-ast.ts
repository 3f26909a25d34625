import ndarray from 'ndarray';
import { mulberry32 } from '@blemish-tools/jest';
import { resolveAstConfig } from '../ast/resolve-ast-config.js';
import type { AstConfig } from '../ast/ast-config.js';
import { usesImage, type Modality } from '@blemish/depth';
import type { Sample, SampleSource } from '../sample.js';

/** A configuration that trains in seconds on any backend. */
export function tinyAstConfig(overrides: { readonly modality?: Modality } = {}): AstConfig {
  return resolveAstConfig(
    'smoke',
    {
      imageSize: [32, 32],
      ...(usesImage(overrides.modality ?? 'rgb') && { backbone: { tap: 2 } }),
      positionalChannels: 4,
      teacher: { hidden: 4, epochs: 2, kernels: [3, 5] },
      student: { hidden: 6, blocks: 1, epochs: 2 },
      batch: 2,
    },
    overrides,
  );
}

/** Images of a bright square on noise; `defect` paints a dark corner into it. */
export function squareSample(seed: number, size = 40, defect = false): Sample {
  const draw = mulberry32(seed);
  const levels = Uint8Array.from({ length: size * size * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [y, x] = [Math.floor(pixel / size), pixel % size];
    const inside = y > size / 4 && y < (3 * size) / 4 && x > size / 4 && x < (3 * size) / 4;
    const dark = defect && inside && y < size / 2 && x < size / 2;
    return (inside && !dark ? 180 : 60) + 20 * draw();
  });
  return { id: `${defect ? 'defect' : 'good'}/${seed}`, image: ndarray(levels, [size, size, 3]) };
}

/** A source of such images that counts how often one is decoded. */
export function squareSource(count: number, { defect = false, first = 0 } = {}): SampleSource & { loads: number } {
  const source = {
    length: count,
    loads: 0,
    id: (index: number) => `${defect ? 'defect' : 'good'}/${first + index}`,
    contentKey: (index: number) => Promise.resolve(`${defect}-${first + index}`),
    size: () => Promise.resolve([40, 40] as const),
    load: (index: number) => {
      source.loads++;
      return Promise.resolve(squareSample(first + index, 40, defect));
    },
  };
  return source;
}
