import * as tf from '@tensorflow/tfjs-core';
import { likelihoodPerPosition, type ConditionalFlow } from '@blemish/flow';
import {
  createAdam,
  disposeParams,
  pickParams,
  replaceParams,
  trainableNames,
  valueAndGrads,
  type Loss,
  type Optimizer,
  type Params,
} from '@blemish/layers';
import type { AstStudent } from '../ast-student.js';
import { distancePerPosition } from '../distance.js';

/** One batch of a golden training run. */
export interface Batch {
  readonly x: tf.Tensor4D;
  readonly mask: tf.Tensor3D;
}

/** Adam as AST is trained with. */
export function astAdam(): Optimizer {
  return createAdam({ learningRate: 2e-4, l2: 1e-5 });
}

/** One step of the teacher on the masked likelihood; returns the loss before it. */
export function teacherStep(flow: ConditionalFlow, params: Params, adam: Optimizer, { x, mask }: Batch, condition: tf.Tensor4D): number {
  return step(params, trainableNames(flow.specs), adam, () => {
    const { z, logAbsDet } = flow.forward(params, x, condition);
    return tf.mean(likelihoodPerPosition(z, logAbsDet, mask));
  });
}

/** One step of the student on the masked distance from `z`, the teacher's output; returns the loss before it. */
export function studentStep(
  student: AstStudent,
  params: Params,
  adam: Optimizer,
  { x, mask, z }: Batch & { readonly z: tf.Tensor4D },
  condition: tf.Tensor4D,
): number {
  return step(params, trainableNames(student.specs), adam, () => {
    const { y, buffers } = student.apply(params, x, condition, { training: true });
    return { loss: tf.mean(distancePerPosition(z, y, { mask })), buffers };
  });
}

function step(params: Params, names: string[], adam: Optimizer, loss: () => Loss): number {
  const { value, grads, buffers } = valueAndGrads(loss, pickParams(params, names));
  adam.step(params, grads);
  replaceParams(params, buffers);
  disposeParams(grads);
  const result = value.dataSync()[0] as number;
  value.dispose();
  return result;
}
