import * as tf from '@tensorflow/tfjs-core';
import { batchNorm, batchNormSpecs, conv2d, convSpecs, type Params, type ParamSpecs } from '@blemish/layers';
import type { PyramidLearner, PyramidTeacher } from '../stfpm/pyramid-learner.js';

/** Channels between the levels. */
const width = 16;

/**
 * A student that goes through the pyramid in reverse: from the teacher's deepest map alone, through a narrow place, back to
 * the shallow ones, as in Deng and Li, CVPR 2022. It shows what a system with a student of its own takes.
 */
export function createReverseStudent({ taps }: PyramidTeacher): PyramidLearner {
  const deepest = taps.at(-1)?.channels ?? 0;
  const specs: ParamSpecs = {
    ...convSpecs('narrow', 1, deepest, width),
    ...batchNormSpecs('norm', width),
    ...Object.assign({}, ...taps.map(({ name, channels }) => convSpecs(name, 3, width, channels))) as ParamSpecs,
  };
  return {
    specs,
    apply(params, { teacher }, { training }) {
      const buffers: Params = {};
      const { levels } = tf.tidy(() => {
        const { y, buffers: fresh } = batchNorm(conv2d(teacher.at(-1) as tf.Tensor4D, params, 'narrow'), params, 'norm', { training, slope: 0 }); // [N,h,w,16]
        Object.assign(buffers, fresh);
        const levels: tf.Tensor4D[] = [];
        let x = y;
        for (const { name } of [...taps].reverse()) {
          const [, height] = (teacher[taps.findIndex((tap) => tap.name === name)] as tf.Tensor4D).shape;
          while (x.shape[1] < height) x = doubled(x);
          levels.unshift(conv2d(x, params, name)); // [N,h,w,channels]
        }
        return { levels, buffers };
      });
      return { levels, buffers };
    },
  };
}

/** Every position four times. */
function doubled(x: tf.Tensor4D): tf.Tensor4D {
  const [n, h, w, c] = x.shape;
  const wide = tf.tile(tf.reshape(x, [n * h * w, 1, c]), [1, 2, 1]); // [N*h*w,2,c]
  const tall = tf.tile(tf.reshape(wide, [n * h, 1, 2 * w * c]), [1, 2, 1]); // [N*h,2,2*w*c]
  return tf.reshape(tall, [n, 2 * h, 2 * w, c]);
}
