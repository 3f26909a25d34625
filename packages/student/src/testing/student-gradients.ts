import * as tf from '@tensorflow/tfjs-core';
import { pickParams, trainableNames, valueAndGrads, type Params } from '@blemish/layers';
import type { AstStudent } from '../ast-student.js';
import { distancePerPosition } from '../distance.js';

/** Where to differentiate. */
export interface GradientsAt {
  readonly x: tf.Tensor4D;
  readonly condition: tf.Tensor3D | tf.Tensor4D;
  readonly teacher: tf.Tensor4D;
  readonly mask?: tf.Tensor;
  readonly training: boolean;
}

/** The mean distance loss, its gradients by input (`x`) and every trainable parameter, and the new buffers. */
export function studentGradients(student: AstStudent, params: Params, at: GradientsAt): { loss: number; grads: Params; buffers: Params } {
  const { x, condition, teacher, mask, training } = at;
  const { value, grads, buffers } = valueAndGrads(
    () => {
      const { y, buffers } = student.apply(params, x, condition, { training });
      return { loss: tf.mean(distancePerPosition(teacher, y, { mask })), buffers };
    },
    { ...pickParams(params, trainableNames(student.specs)), x },
  );
  const loss = value.dataSync()[0] as number;
  value.dispose();
  return { loss, grads, buffers };
}
