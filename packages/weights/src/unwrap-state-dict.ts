import type { WeightArray, Weights } from './weight-array.js';

/** Where training programs usually put the state_dict, and what DataParallel and Lightning put before every name. */
const usualWrappers: readonly string[] = ['state_dict', 'model_state_dict', 'model', 'net', 'module'];

/** The tensors below `prefix.`, under their names without it, in the same order. */
export function tensorsBelow(tensors: Weights['tensors'], prefix: string): ReadonlyMap<string, WeightArray> {
  const below = new Map<string, WeightArray>();
  for (const [name, array] of tensors) if (name.startsWith(`${prefix}.`)) below.set(name.slice(prefix.length + 1), array);
  return below;
}

/**
 * Takes the usual wrappers off a checkpoint's tensors: `state_dict.module.conv.weight` becomes `conv.weight`. A container
 * that holds a state_dict beside other things (an optimizer) gives the state_dict; a prefix of plain names is taken off
 * only where all tensors share it.
 *
 * @param tensors as `readPytorch` or `readWeights` gives them
 * @param wrappers names to take off, each any number of times
 * @returns the tensors unchanged where nothing wraps them
 */
export function unwrapStateDict(tensors: Weights['tensors'], wrappers: readonly string[] = usualWrappers): Weights['tensors'] {
  for (const wrapper of wrappers) {
    const below = tensorsBelow(tensors, wrapper);
    const isContainer = wrapper.endsWith('state_dict') && below.size > 0;
    if (isContainer || (below.size > 0 && below.size === tensors.size)) return unwrapStateDict(below, wrappers);
  }
  return tensors;
}
