import { createRandom, drawInitial, fileShape, type ParamSpecs } from '@blemish/layers';
import type { WeightArray } from '@blemish/weights';
import type { Backbone, NamedWeights } from './backbone.js';

/** A random network: its arrays and a name that nobody mistakes for a trained one. */
export interface SeededWeights {
  /** Such as `efficientnet-b0-random-seed7`. */
  readonly name: string;
  /** What `backbone.load` takes. */
  readonly weights: NamedWeights;
}

/**
 * Untrained weights for a backbone, for tests and trials without a download. Scales are such that features neither
 * vanish nor explode with depth. An array depends on the seed and its own name alone: a deeper tap changes none of them.
 *
 * @param seed an integer from 0
 * @throws Error if the seed is no such integer
 */
export function seededWeights(backbone: Pick<Backbone, 'name' | 'weightSpecs'>, seed: number): SeededWeights {
  return { name: `${backbone.name}-random-seed${seed}`, weights: draw(backbone.weightSpecs, seed) };
}

function draw(specs: ParamSpecs, seed: number): NamedWeights {
  const random = createRandom(seed);
  return new Map(
    Object.entries(specs).map(([name, spec]): [string, WeightArray] => [
      name,
      { dtype: 'F32', shape: fileShape(spec.shape, spec.layout), data: drawInitial(spec, random.derive(name)) },
    ]),
  );
}
