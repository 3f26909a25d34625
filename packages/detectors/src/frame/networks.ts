import { disposeParams, initParams, paramsFromArrays, paramsToArrays, type FloatArray, type Params, type ParamSpecs, type Random } from '@blemish/layers';
import type { NamedWeights } from '@blemish/features';

/** What a system's networks are made of, by the name that each has in files, such as `teacher`. */
export type NetworkSpecs = Readonly<Record<string, ParamSpecs>>;

/** Their weights; whoever got them disposes them. Training replaces entries of a network's record. */
export type NetworkWeights = Readonly<Record<string, Params>>;

/** The same as files hold them: by the names of their origin, convolutions OIHW. */
export type NetworkArrays = Readonly<Record<string, ReadonlyMap<string, FloatArray>>>;

/**
 * Weights of all networks: those that a file holds, the others drawn from a stream of their own each.
 *
 * @param given what a checkpoint holds
 */
export function startingWeights(specs: NetworkSpecs, random: Random, given: Readonly<Record<string, NamedWeights>> = {}): NetworkWeights {
  return Object.fromEntries(
    Object.entries(specs).map(([name, own]) => {
      const arrays = given[name];
      return [name, arrays === undefined ? initParams(own, random.derive(name)) : paramsFromArrays(arrays, own)];
    }),
  );
}

/**
 * Weights out of a file.
 *
 * @param source what errors call the file
 * @throws Error naming a network or a parameter that is missing or of another shape; nothing is left behind then
 */
export function readNetworks(specs: NetworkSpecs, arrays: Readonly<Record<string, NamedWeights>>, source: string): NetworkWeights {
  const weights: Record<string, Params> = {};
  try {
    for (const [name, own] of Object.entries(specs)) {
      const given = arrays[name];
      if (given === undefined) throw new Error(`${source}: holds no ${name}`);
      weights[name] = paramsFromArrays(given, own, { source: `${source}, ${name}` });
    }
    return weights;
  } catch (error) {
    disposeNetworks(weights);
    throw error;
  }
}

/** Copies of the weights of those networks that are named, as files hold them. */
export async function networkArrays(specs: NetworkSpecs, weights: NetworkWeights, names: readonly string[] = Object.keys(weights)): Promise<NetworkArrays> {
  const arrays: Record<string, ReadonlyMap<string, FloatArray>> = {};
  for (const name of names) {
    const [own, params] = [specs[name], weights[name]];
    if (own === undefined || params === undefined) throw new Error(`network '${name}': expected its weights, got none`);
    arrays[name] = await paramsToArrays(params, own);
  }
  return arrays;
}

/** Frees all weights. */
export function disposeNetworks(weights: NetworkWeights): void {
  for (const params of Object.values(weights)) disposeParams(params);
}
