import { disposeParams, initParams, paramsFromArrays, paramsToArrays, type FloatArray, type Params, type ParamSpecs, type Random } from '@blemish/layers';
import type { NamedWeights } from '@blemish/features';

/** What a system's networks are made of, by the name that each has in files, such as `teacher`. */
export type NetworkSpecs = Readonly<Record<string, ParamSpecs>>;

/** Their weights; whoever got them disposes them. Training replaces entries of a network's record. */
export type NetworkWeights = Readonly<Record<string, Params>>;

/** The same as files hold them: by the names of their origin, convolutions OIHW. */
export type NetworkArrays = Readonly<Record<string, ReadonlyMap<string, FloatArray>>>;

/** Networks out of a file. */
export interface StoredNetworks {
  /** What errors call the file. */
  readonly source: string;
  readonly networks: Readonly<Record<string, NamedWeights>>;
}

/**
 * Weights of all networks: those that are stored, the later ones winning, the others drawn from a stream of their own each.
 *
 * @throws Error naming a parameter that is missing or of another shape; nothing is left behind then
 */
export function startingWeights(specs: NetworkSpecs, random: Random, stored: readonly StoredNetworks[]): NetworkWeights {
  return collected(Object.entries(specs), ([name, own]) => {
    const found = stored.findLast(({ networks }) => networks[name] !== undefined);
    const arrays = found?.networks[name];
    return arrays === undefined ? initParams(own, random.derive(name)) : paramsFromArrays(arrays, own, { source: `${found?.source}, ${name}` });
  });
}

/**
 * Weights out of a file.
 *
 * @param source what errors call the file
 * @throws Error naming a network or a parameter that is missing or of another shape; nothing is left behind then
 */
export function readNetworks(specs: NetworkSpecs, arrays: Readonly<Record<string, NamedWeights>>, source: string): NetworkWeights {
  return collected(Object.entries(specs), ([name, own]) => {
    const given = arrays[name];
    if (given === undefined) throw new Error(`${source}: holds no ${name}`);
    return paramsFromArrays(given, own, { source: `${source}, ${name}` });
  });
}

/** The weights of one network after the other; frees those that there are where one fails. */
function collected(entries: readonly (readonly [string, ParamSpecs])[], make: (entry: readonly [string, ParamSpecs]) => Params): NetworkWeights {
  const weights: Record<string, Params> = {};
  try {
    for (const entry of entries) weights[entry[0]] = make(entry);
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
