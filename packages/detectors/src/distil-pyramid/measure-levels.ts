import * as tf from '@tensorflow/tfjs-core';
import type { Backbone } from '@blemish/features';
import { replaceParams, type Params } from '@blemish/layers';
import { batchTensor } from '../batch-tensor.js';
import { soon } from '../distil/soon.js';
import type { SampleSource } from '../sample.js';
import type { PyramidDistilConfig } from './pyramid-distil-config.js';

/** Views of images, `[view*view*3]` each; `at` is whose turn they are for, each with draws of its own. */
export type Views = (images: readonly number[], at: string | number) => Promise<Float32Array[]>;

/** What is measured. */
export interface Measured {
  readonly config: Pick<PyramidDistilConfig, 'batch' | 'view'>;
  readonly backbone: Backbone;
  /** Its weights. */
  readonly teacher: Params;
  readonly samples: Pick<SampleSource, 'length'>;
  readonly views: Views;
  readonly signal?: AbortSignal | undefined;
}

/** Batches of views over which the backbone's channels are measured. */
const measuredBatches = 8;

/** Keeps channels that hardly vary from being blown up: a share of the mean deviation. */
const leastDeviation = 0.05;

/**
 * Finds mean and deviation of a backbone's channels at each level, over views of images that are spread over all. Where the
 * signal stops it, it returns early and finds nothing.
 *
 * @param scale `mean0`, `deviation0`, ... `[C]`, replaced
 */
export async function measureLevels({ config, backbone, teacher, samples, views, signal }: Measured, scale: Params): Promise<void> {
  const { batch, view } = config;
  const sums: { mean: tf.Tensor; squares: tf.Tensor }[][] = []; // by batch and level, [C] each
  try {
    for (let b = 0; b < measuredBatches; b++) {
      if (signal?.aborted === true) return;
      const chosen = Array.from({ length: batch }, (_, i) => Math.floor(((b * batch + i) * samples.length) / (measuredBatches * batch)));
      const rows = await views(chosen, `measured ${b}`);
      sums.push(
        tf.tidy(() => {
          const maps = backbone.forward(teacher, batchTensor(rows, [view, view, 3])); // [N,h,w,C]
          return maps.map((map) => ({ mean: tf.mean(map, [0, 1, 2]), squares: tf.mean(tf.square(map), [0, 1, 2]) }));
        }),
      );
      await soon();
    }
    if (signal?.aborted === true) return;
    replaceParams(scale, tf.tidy(() => Object.assign({}, ...backbone.spec.taps.map((_, level) => scaleOf(sums.map((levels) => levels[level] as (typeof levels)[0]), level))) as Params));
  } finally {
    tf.dispose(sums);
  }
}

function scaleOf(batches: readonly { readonly mean: tf.Tensor; readonly squares: tf.Tensor }[], level: number): Params {
  const mean = tf.div(tf.addN(batches.map((each) => each.mean)), batches.length); // [C]
  const variance = tf.sub(tf.div(tf.addN(batches.map(({ squares }) => squares)), batches.length), tf.square(mean));
  const deviation = tf.sqrt(tf.relu(variance));
  return { [`mean${level}`]: mean, [`deviation${level}`]: tf.maximum(deviation, tf.mul(leastDeviation, tf.mean(deviation))) };
}
