import * as tf from '@tensorflow/tfjs-core';
import { centredWindows } from '@blemish/features';
import { createAdam, createRandom } from '@blemish/layers';
import { descriptorLoss } from '@blemish/student';
import { batchTensor } from '../batch-tensor.js';
import type { FitSession } from '../frame/fit-session.js';
import type { PartArrays } from '../frame/part-job.js';
import type { PartTask } from '../frame/part-tasks.js';
import { trainNetwork } from '../frame/train-network.js';
import { valueOf } from '../in-order.js';
import { fieldNames, fieldSpecs, fieldWeights, normalisedTeacher, studentParams, type Field } from './field.js';
import { randomWindow } from './random-window.js';
import type { UninformedConfig } from './uninformed-config.js';

/** Name of the phase in which a field's students learn. */
export function studentsPhase({ size }: Pick<Field, 'size'>): string {
  return `students ${size}`;
}

/**
 * Trains the students of one receptive field to give the teacher's descriptors (Bergmann et al., CVPR 2020, section 3.2).
 * They learn in one step, each from its own loss alone.
 *
 * @param images those that are trained on
 */
export function trainStudents(config: UninformedConfig, field: Field, session: FitSession, inputs: PartTask<PartArrays>, images: readonly number[]): Promise<void> {
  const { descriptor, settings, size } = field;
  const { trainStride, epochs } = settings;
  const [h, w] = config.imageSize;
  const pad = (size - 1) / 2;
  const phase = studentsPhase(field);
  const weights = fieldWeights(field, session.weights);
  const windows = createRandom(config.seed).derive(`windows of ${phase}`);
  const { window } = settings;
  const specs = fieldSpecs(field)[fieldNames(field).students] ?? {};
  return trainNetwork({
    session,
    phase,
    seed: config.seed,
    optimizer: createAdam(config.optimizer),
    specs,
    params: weights.students,
    epochs,
    images,
    async read(chosen, step) {
      const random = windows.derive(step);
      const rows = await Promise.all(Array.from(chosen, (index) => valueOf(inputs, index)));
      return rows.map(({ input = new Float32Array() }) => (window === null ? input : randomWindow(input, [h, w], pad, window, random)));
    },
    async step(learner, rows) {
      const x = window === null ? tf.tidy(() => centredWindows(field.descriptor, batchTensor(rows, [h, w, 3]), trainStride)) : batchTensor(rows, [window, window, 3]); // [N,a,b,3]
      const y = normalisedTeacher(field, weights, x, trainStride); // [N,h',w',128]
      try {
        const sum = await learner.step(() => {
          const losses = Array.from({ length: field.students }, (_, i) => descriptorLoss(descriptor.windows(studentParams(field, weights.students, i), x, trainStride), y));
          return tf.addN(losses);
        });
        return sum / field.students;
      } finally {
        tf.dispose([x, y]);
      }
    },
  });
}
