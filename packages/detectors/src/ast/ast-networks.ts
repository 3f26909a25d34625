import type * as tf from '@tensorflow/tfjs-core';
import { convSubNetwork, createConditionalFlow, numpyPermutation, type ConditionalFlow } from '@blemish/flow';
import { createRandom, positionalEncoding } from '@blemish/layers';
import { createAstStudent, type AstStudent } from '@blemish/student';
import type { NetworkSpecs } from '../frame/networks.js';
import type { AstConfig } from './ast-config.js';

/** The two networks of AST and what they are conditioned on; their weights are kept apart. */
export interface AstNetworks {
  readonly teacher: ConditionalFlow;
  readonly student: AstStudent;
  /** Positional encoding `[h,w,P]`, owned by the caller; absent where the configuration leaves it out. */
  readonly condition: tf.Tensor3D | undefined;
}

/**
 * Builds teacher and student (Rudolph et al., WACV 2023).
 *
 * @param shape what they take of one part `[h,w,C]`
 */
export function createAstNetworks(config: AstConfig, [h, w, channels]: readonly [number, number, number]): AstNetworks {
  const { teacher, student, positionalChannels, seed } = config;
  const random = createRandom(seed).derive('permutations');
  return {
    teacher: createConditionalFlow({
      channels,
      conditionChannels: positionalChannels,
      clamp: teacher.clamp,
      permutations: teacher.kernels.map((_, k) =>
        teacher.permutations === 'official' ? numpyPermutation(k, channels) : random.derive(k).permutation(channels),
      ),
      subNetworks: teacher.kernels.map((kernel) => convSubNetwork({ hidden: teacher.hidden, kernel })),
    }),
    student: createAstStudent({
      channels,
      conditionChannels: positionalChannels,
      hidden: student.hidden,
      blocks: student.blocks,
      slope: student.slope,
    }),
    condition: positionalChannels === 0 ? undefined : positionalEncoding(positionalChannels, h, w),
  };
}

/** What both networks learn, by the names that they have in files. */
export function astNetworkSpecs({ teacher, student }: AstNetworks): NetworkSpecs {
  return { teacher: teacher.specs, student: student.specs };
}
