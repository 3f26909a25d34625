import * as tf from '@tensorflow/tfjs-core';
import type { Backbone, NamedWeights } from '@blemish/features';

/** A backbone as the source of what descriptors shall know. */
export interface DistilTargets {
  /** Values a patch. */
  readonly width: number;
  /**
   * What the backbone says of patches: the mean over positions of its last tap.
   *
   * @param patches `[N,p,p,3]` in [0,1]
   * @returns `[N,width]`; the caller disposes it
   */
  of(patches: tf.Tensor4D): tf.Tensor2D;
  /**
   * From here on every value comes less its mean and by its deviation over these patches.
   *
   * @param batches arrays `[N,p,p,3]`
   */
  normalise(batches: Iterable<Float32Array>, edge: number): void;
  /** Frees the weights. */
  dispose(): void;
}

/** Keeps values that hardly vary from being blown up: a share of the mean deviation. */
const leastDeviation = 0.05;

/**
 * Loads a backbone to distil from.
 *
 * @param size edge that patches are resized to, bilinear, before the backbone
 * @param source what to call the weights in an error
 */
export function createDistilTargets(backbone: Backbone, weights: NamedWeights, size: number, source?: string): DistilTargets {
  const params = backbone.load(weights, source);
  let scale: { readonly mean: tf.Tensor; readonly deviation: tf.Tensor } | undefined; // [K] each

  function pooled(patches: tf.Tensor4D): tf.Tensor2D {
    const resized = patches.shape[1] === size ? patches : tf.image.resizeBilinear(patches, [size, size], false, true); // [N,s,s,3]
    return tf.mean(backbone.forward(params, resized).at(-1) as tf.Tensor4D, [1, 2]); // [N,K]
  }

  return {
    width: (backbone.spec.taps.at(-1) as Backbone['spec']['taps'][number]).channels,
    of: (patches) => tf.tidy(() => (scale === undefined ? pooled(patches) : tf.div<tf.Tensor2D>(tf.sub(pooled(patches), scale.mean), scale.deviation))),
    normalise(batches, edge) {
      const before = scale;
      scale = undefined;
      scale = tf.tidy(() => {
        const all = tf.concat(Array.from(batches, (batch) => tf.tidy(() => pooled(tf.tensor4d(batch, [batch.length / (edge * edge * 3), edge, edge, 3]))))); // [M,K]
        const { mean, variance } = tf.moments(all, 0); // [K]
        const deviation = tf.sqrt(variance);
        return { mean, deviation: tf.maximum(deviation, tf.mul(leastDeviation, tf.mean(deviation))) };
      });
      tf.dispose(before ? [before.mean, before.deviation] : []);
    },
    dispose: () => tf.dispose([params, ...(scale ? [scale.mean, scale.deviation] : [])]),
  };
}
