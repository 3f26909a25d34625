import * as tf from '@tensorflow/tfjs-core';
import { compactnessLoss, decodeDescriptors, knowledgeLoss, tripletLoss, type Descriptor } from '@blemish/features';
import type { Params } from '@blemish/layers';
import type { Learner } from '../frame/learner.js';
import type { DistilConfig } from './distil-config.js';
import type { DistilTargets } from './distil-targets.js';
import { lossTerms, type LossTerm, type LossValues } from './loss-record.js';
import type { PatchBatch } from './patch-reader.js';

/** What learns, from what. */
export interface DistilParts {
  readonly config: Pick<DistilConfig, 'receptiveField' | 'weights' | 'compactness' | 'correlated'>;
  readonly descriptor: Descriptor;
  readonly targets: DistilTargets;
  /** Descriptor and decoder, moved by the step. */
  readonly params: Params;
  readonly learner: Learner;
}

/**
 * One step on a batch of patches.
 *
 * @returns the losses before it, unweighted
 * @throws Error for a loss that is not finite
 */
export async function distilStep({ config, descriptor, targets, params, learner }: DistilParts, { patches, near, other }: PatchBatch): Promise<LossValues> {
  // N: patches, p: receptive field, C: channels of a descriptor, K: of a target
  const { weights, receptiveField: p } = config;
  const count = other.length;
  const shape: [number, number, number, number] = [count, p, p, 3];
  const x = tf.tensor4d(patches, shape); // [N,p,p,3]
  const positives = near && tf.tensor4d(near, shape); // [N,p,p,3]
  let target: tf.Tensor2D | undefined; // [N,K]
  const kept: Partial<Record<LossTerm, tf.Scalar>> = {};
  try {
    target = weights.knowledge > 0 ? targets.of(x) : undefined;
    await learner.step(() => {
      const all = descriptor.patches(params, positives ? tf.concat([x, positives]) : x); // [N or 2N,C]
      const described = positives ? tf.slice(all, 0, count) : all; // [N,C]
      const terms: Partial<Record<LossTerm, tf.Scalar>> = {
        ...(target && { knowledge: knowledgeLoss(decodeDescriptors(params, described), target) }),
        ...(weights.compactness > 0 && { compactness: compactnessLoss(described, config.compactness, config.correlated) }),
        ...(positives && { triplet: tripletLoss(described, tf.slice(all, count, count), rowsOf(described, other)) }),
      };
      const weighted = lossTerms.flatMap((term) => {
        const value = terms[term];
        if (value === undefined) return [];
        kept[term] = tf.keep(tf.clone(value)); // the scope of the gradients would dispose it
        return [tf.mul(value, weights[term]) as tf.Scalar];
      });
      return tf.addN(weighted) as tf.Scalar;
    });
    const values: Partial<Record<LossTerm, number>> = {};
    for (const term of lossTerms) {
      const value = (await kept[term]?.data())?.[0];
      if (value === undefined) continue;
      if (!Number.isFinite(value)) throw new Error(`the loss '${term}' became ${value}; a smaller learning rate or another compactness may help`);
      values[term] = value;
    }
    return values;
  } finally {
    tf.dispose([x, ...(positives ? [positives] : []), ...(target ? [target] : []), ...Object.values(kept)]);
  }
}

/** Rows by index, as a product, whose gradient every backend has: [N,C] -> [N,C]. */
function rowsOf(described: tf.Tensor2D, rows: Int32Array): tf.Tensor2D {
  return tf.matMul(tf.oneHot(tf.tensor1d(rows, 'int32'), described.shape[0]) as tf.Tensor2D, described);
}
