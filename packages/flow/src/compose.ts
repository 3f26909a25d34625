import * as tf from '@tensorflow/tfjs-core';
import type { ParamSpecs } from '@blemish/layers';
import type { Transform, Transformed } from './transform.js';

/** Transforms one after the other; their log-determinants add up. The condition goes to every one of them. */
export function compose(transforms: readonly Transform[]): Transform {
  return {
    specs: Object.assign({}, ...transforms.map(({ specs }) => specs)) as ParamSpecs,
    forward: (params, x, condition) =>
      tf.tidy((): Transformed & Record<string, tf.Tensor> => {
        let z = x;
        let logAbsDet: tf.Tensor3D = tf.zeros([x.shape[0], x.shape[1], x.shape[2]]);
        for (const transform of transforms) {
          const step = transform.forward(params, z, condition);
          z = step.z;
          logAbsDet = tf.add(logAbsDet, step.logAbsDet);
        }
        return { z: z === x ? tf.clone(x) : z, logAbsDet };
      }),
    inverse: (params, z, condition) =>
      tf.tidy(() => {
        const x = transforms.reduceRight((y, transform) => transform.inverse(params, y, condition), z);
        return x === z ? tf.clone(z) : x;
      }),
  };
}
