import * as tf from '@tensorflow/tfjs-core';
import { createResNet, resnetArchitecture, resnetUnits } from '@blemish/features';
import { getParam, type Params } from '@blemish/layers';
import { createPyramidStudent } from '@blemish/student';
import type { PyramidLearner, PyramidTeacher } from './pyramid-learner.js';

// Notation, for one output channel: w: filter; g, b: the normalisation's scale and shift; m, v: running mean and variance.
// g (w*x - m) / sqrt(v + eps) + b = (f w)*x + (b - f m), f = g / sqrt(v + eps).

const epsilon = 1e-5;

/** The student of STFPM: the teacher's architecture, which looks at the image alone. Trained, its normalisations are folded. */
export function createStfpmStudent({ name, levels }: Pick<PyramidTeacher, 'name' | 'levels'>): PyramidLearner {
  const { specs, apply } = createPyramidStudent({ variant: name, levels });
  const folded = createResNet({ variant: name, taps: levels });
  const units = resnetUnits(resnetArchitecture(name, levels.at(-1)));
  return {
    specs,
    apply: (params, { images }, options) => apply(params, images, options),
    scoring: {
      fold: (params) =>
        tf.tidy(() => {
          const result: Params = {};
          for (const { convolution, norm } of units) {
            const [g, b, m, v] = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => getParam(params, `${norm}.${part}`)) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
            const f = tf.div(g, tf.sqrt(tf.add(v, epsilon))); // [out]
            result[`${convolution}.weight`] = tf.mul(getParam(params, `${convolution}.weight`), f); // [k,k,in,out]
            result[`${convolution}.bias`] = tf.sub(b, tf.mul(f, m)); // [out]
          }
          return result;
        }),
      apply: (params, { images }) => folded.forward(params, images),
    },
  };
}
