import * as tf from '@tensorflow/tfjs-core';
import { createSgd, replaceParams, type Params } from '@blemish/layers';
import { pyramidLoss } from '@blemish/student';
import type { FitSession } from '../frame/fit-session.js';
import type { PartArrays } from '../frame/part-job.js';
import type { PartTask } from '../frame/part-tasks.js';
import type { ImageSplit } from '../frame/split-images.js';
import { trainNetwork } from '../frame/train-network.js';
import { valueOf } from '../in-order.js';
import { pyramidBatch, student as studentOf, type PyramidParts } from './pyramid-parts.js';

/** Name of the phase whose losses are those of images that are not trained on. */
const heldOutPhase = 'held out';

/** Images by which a loss without training is measured at once: any number gives the same loss, up to rounding. */
const measuredBatch = 8;

/**
 * Trains the student to match the teacher's maps (Wang et al., BMVC 2021, section 3.2).
 *
 * @returns remarks for people, such as which epoch is kept
 */
export async function trainPyramidStudent(
  parts: PyramidParts,
  session: FitSession,
  arrays: PartTask<PartArrays>,
  { train, heldOut }: ImageSplit,
): Promise<readonly string[]> {
  const { config, student } = parts;
  const { losses, weights } = session;
  const params = studentOf(weights);
  const { best } = weights;
  const half = config.loss === 'paper';
  const heldOutLosses = (): number[] => losses.filter(({ phase }) => phase === heldOutPhase).map(({ loss }) => loss);
  await trainNetwork({
    session,
    phase: 'student',
    seed: config.seed,
    optimizer: createSgd(config.optimizer),
    specs: student.specs,
    params,
    epochs: config.epochs,
    images: train,
    keepIncomplete: true, // as the authors' program; images are few
    read: (chosen) => Promise.all(Array.from(chosen, (index) => valueOf(arrays, index))),
    async step(learner, rows) {
      const batch = pyramidBatch(parts, rows); // [N,H,W,3], [N,h,w,C] each
      try {
        return await learner.step(() => {
          const { levels, buffers } = student.apply(params, batch, { training: true });
          return { loss: pyramidLoss(batch.teacher, levels, { half }), buffers };
        });
      } finally {
        tf.dispose([batch.images, ...batch.teacher]);
      }
    },
    async afterEpoch(epoch) {
      if (best === undefined) return;
      const loss = await measuredLoss(parts, params, arrays, heldOut, half);
      if (!Number.isFinite(loss)) throw new Error(`the loss on held-out images became ${loss} in epoch ${epoch}; a smaller learning rate may help`);
      if (loss < Math.min(Infinity, ...heldOutLosses())) replaceParams(best, copyOf(params));
      losses.push({ phase: heldOutPhase, epoch, loss });
    },
  });
  if (best === undefined) return [];
  replaceParams(params, copyOf(best));
  const measured = heldOutLosses();
  const lowest = Math.min(...measured);
  return [`kept epoch ${measured.indexOf(lowest) + 1} of ${measured.length}, whose loss on ${heldOut.length} held-out images is the lowest: ${lowest.toPrecision(4)}`];
}

/** The loss of a student with its running statistics, over some images. */
export async function measuredLoss(parts: PyramidParts, params: Params, arrays: PartTask<PartArrays>, images: readonly number[], half: boolean): Promise<number> {
  let sum = 0;
  for (let at = 0; at < images.length; at += measuredBatch) {
    const chosen = images.slice(at, at + measuredBatch);
    const rows = await Promise.all(chosen.map((index) => valueOf(arrays, index)));
    const loss = tf.tidy(() => {
      const batch = pyramidBatch(parts, rows);
      const { levels } = parts.student.apply(params, batch, { training: false });
      return pyramidLoss(batch.teacher, levels, { half });
    });
    sum += ((await loss.data())[0] as number) * chosen.length;
    loss.dispose();
  }
  return sum / images.length;
}

function copyOf(params: Readonly<Params>): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tf.clone(value)]));
}
