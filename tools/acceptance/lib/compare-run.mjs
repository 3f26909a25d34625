// @ts-check
import { spearman } from './spearman.mjs';

/** The four metrics that are compared: our name, the reference's, and what people call it. */
export const comparedMetrics = /** @type {const} */ ([
  ['image_AUROC', 'image_AUROC_mean', 'image AUROC (mean of map)'],
  ['image_AUROC_max', 'image_AUROC_max_192', 'image AUROC (max at 192)'],
  ['pixel_AUROC', 'pixel_AUROC_256', 'pixel AUROC at 256'],
  ['AUPRO', 'AUPRO_256', 'AU-PRO at 256'],
]);

/**
 * One run of `ast-quick.json`.
 *
 * @typedef {object} ReferenceRun
 * @property {number} seed
 * @property {number} n_train
 * @property {number} n_test
 * @property {number[]} teacher_loss_by_epoch
 * @property {number[]} student_loss_by_epoch
 * @property {{teacher: number, student: number}} seconds
 * @property {Record<string, number>} image_score_mean
 * @property {string[]} [train_images]
 *
 * @typedef {{ours: number, reference: number}} Pair
 *
 * @typedef {object} Comparison
 * @property {number} seed
 * @property {Record<string, Pair>} metrics
 * @property {{teacher: Pair[], student: Pair[]}} losses by epoch
 * @property {number} rankCorrelation Spearman's, of the image scores
 * @property {{ours: Record<string, number>, reference: Record<string, number>}} seconds
 * @property {Record<string, number>} imageScoreMean
 */

/**
 * Sets a run beside the reference's.
 *
 * @param {import('./run-folder.mjs').RunNumbers} run
 * @param {ReferenceRun} reference
 * @returns {Comparison}
 */
export function compareRun(run, reference) {
  const images = Object.keys(reference.image_score_mean);
  const missing = images.filter((image) => !run.scores.has(image));
  if (missing.length > 0 || run.scores.size !== images.length) {
    const first = missing[0] === undefined ? '' : `, ${missing[0]} is not among them`;
    throw new Error(`scores.csv: expected the reference's ${images.length} images, got ${run.scores.size}${first}`);
  }
  const ours = images.map((image) => Number(run.scores.get(image)));
  return {
    seed: reference.seed,
    metrics: Object.fromEntries(
      comparedMetrics.map(([name, theirs]) => [
        name,
        { ours: present(run.metrics[name], name), reference: present(/** @type {any} */ (reference)[theirs], theirs) },
      ]),
    ),
    losses: {
      teacher: pairs(run.losses.teacher, reference.teacher_loss_by_epoch),
      student: pairs(run.losses.student, reference.student_loss_by_epoch),
    },
    rankCorrelation: spearman(
      ours,
      images.map((image) => Number(reference.image_score_mean[image])),
    ),
    seconds: { ours: run.seconds, reference: reference.seconds },
    imageScoreMean: Object.fromEntries(images.map((image, i) => [image, Number(Number(ours[i]).toPrecision(7))])),
  };
}

/**
 * @param {number | undefined} value
 * @param {string} name
 */
function present(value, name) {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`metrics: expected a number for ${name}, got ${value}`);
  return value;
}

/**
 * @param {readonly number[]} ours
 * @param {readonly number[]} reference
 * @returns {Pair[]} as many as both have
 */
function pairs(ours, reference) {
  return ours.slice(0, reference.length).map((loss, i) => ({ ours: loss, reference: Number(reference[i]) }));
}
