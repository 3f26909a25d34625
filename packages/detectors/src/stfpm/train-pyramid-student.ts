import * as tf from '@tensorflow/tfjs-core';
import { createRandom, createSgd, replaceParams, type Params } from '@blemish/layers';
import { pyramidLoss } from '@blemish/student';
import type { FitSession } from '../frame/fit-session.js';
import type { PartArrays } from '../frame/part-job.js';
import type { PartTask } from '../frame/part-tasks.js';
import { trainNetwork } from '../frame/train-network.js';
import { valueOf } from '../in-order.js';
import { pyramidBatch, student as studentOf, type PyramidParts } from './pyramid-parts.js';
import type { PyramidConfig } from './pyramid-config.js';

/** Name of the phase whose losses are those of images that are not trained on. */
const heldOutPhase = 'held out';

/** Images by which a loss without training is measured at once: any number gives the same loss, up to rounding. */
const measuredBatch = 8;

/** What a student is trained on, and what it is measured on. */
export interface PyramidSplit {
  readonly train: readonly number[];
  /** Empty where the last epoch is kept. */
  readonly heldOut: readonly number[];
}

/** Divides images as a configuration asks for, by its seed. */
export function splitImages({ selection, seed }: Pick<PyramidConfig, 'selection' | 'seed'>, count: number): PyramidSplit {
  const all = Array.from({ length: count }, (_, index) => index);
  if (selection === 'last') return { train: all, heldOut: [] };
  const kept = Math.round(selection.heldOut * count);
  if (kept === 0 || kept === count) throw new Error(`fit: expected more good images to hold ${selection.heldOut} of them out, got ${count}`);
  const order = createRandom(seed).derive('held out').permutation(count);
  const heldOut = new Set(order.subarray(0, kept));
  return { train: all.filter((index) => !heldOut.has(index)), heldOut: all.filter((index) => heldOut.has(index)) };
}

/**
 * Trains the student to match the teacher's maps (Wang et al., BMVC 2021, section 3.2).
 *
 * @returns remarks for people, such as which epoch is kept
 */
export async function trainPyramidStudent(
  parts: PyramidParts,
  session: FitSession,
  arrays: PartTask<PartArrays>,
  { train, heldOut }: PyramidSplit,
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
  const notes = fewerThanBatch(train.length, session);
  if (best === undefined) return notes;
  replaceParams(params, copyOf(best));
  const measured = heldOutLosses();
  const lowest = Math.min(...measured);
  return [...notes, `kept epoch ${measured.indexOf(lowest) + 1} of ${measured.length}, whose loss on ${heldOut.length} held-out images is the lowest: ${lowest.toPrecision(4)}`];
}

/** A remark where holding images out makes the batch smaller; the session has one of its own where there are too few in all. */
function fewerThanBatch(count: number, { batch }: Pick<FitSession, 'batch'>): string[] {
  return count < batch ? [`${count} images are left to train on: trained with batches of ${count}`] : [];
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
