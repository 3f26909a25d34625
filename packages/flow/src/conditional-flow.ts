import { initParams, type Params, type Random } from '@blemish/layers';
import { compose } from './compose.js';
import { coupling } from './coupling.js';
import { permute } from './permute.js';
import type { SubNetwork } from './sub-network.js';
import type { Transform } from './transform.js';

/** What a conditional flow is made of. */
export interface ConditionalFlowOptions {
  /** Channels of its input and output. */
  readonly channels: number;
  /** Channels of what every block is told beside its input. Default 0: no condition. */
  readonly conditionChannels?: number;
  /** One before each block; without them half of the channels would never meet the other half's neighbours. */
  readonly permutations: readonly ArrayLike<number>[];
  /** One block amplifies or shrinks a channel by at most exp(±clamp). */
  readonly clamp: number;
  /** One for each block, from first to last. */
  readonly subNetworks: readonly SubNetwork[];
}

/** A normalizing flow: a trained bijection that sends what it was trained on to N(0, I). */
export interface ConditionalFlow extends Transform {
  /** Its parts in order: permutation, coupling block, permutation, ... */
  readonly transforms: readonly Transform[];
  /** Starting parameters; the caller disposes them. */
  init(random: Random): Params;
}

/**
 * Coupling blocks in sequence, before each a fixed permutation of channels, every block under the same condition (AST's
 * teacher: Rudolph et al., WACV 2023, section 3.2).
 *
 * Parameters are named as in the official checkpoints, where two nodes for input and condition come first:
 * `module_list.3.s1...` is block 0, `module_list.5` block 1; without a condition 2, 4 and so on.
 *
 * @throws Error if there is not one permutation for each sub-network, or it has another number of channels
 */
export function createConditionalFlow(options: ConditionalFlowOptions): ConditionalFlow {
  const { channels, conditionChannels = 0, permutations, clamp, subNetworks } = options;
  if (!Number.isInteger(channels) || channels < 2) throw new Error(`flow: expected at least 2 channels, got ${channels}`);
  if (permutations.length !== subNetworks.length) {
    throw new Error(`flow: expected a permutation for each of ${subNetworks.length} sub-networks, got ${permutations.length}`);
  }
  const nodes = conditionChannels > 0 ? 2 : 1;
  const transforms = subNetworks.flatMap((subNetwork, k) => {
    const permutation = permutations[k] as ArrayLike<number>;
    if (permutation.length !== channels) {
      throw new Error(`flow: expected permutation ${k} to have ${channels} channels, got ${permutation.length}`);
    }
    const prefix = `module_list.${nodes + 2 * k + 1}`;
    return [permute(permutation), coupling({ channels, conditionChannels, clamp, subNetwork, prefix })];
  });
  const flow = compose(transforms);
  return { ...flow, transforms, init: (random) => initParams(flow.specs, random) };
}
