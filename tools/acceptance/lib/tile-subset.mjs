// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The reference's subset of magnetic tile as arguments of `train`. The lists stay beside the logs: a run that is resumed or
 * evaluated again needs them.
 *
 * @param {string} out folder of the runs
 * @param {{train_images: string[], image_score_mean: Record<string, number>}} reference its run
 */
export function tileSubset(out, { train_images, image_score_mean }) {
  const lists = join(out, 'logs');
  mkdirSync(lists, { recursive: true });
  const list = (/** @type {string} */ file, /** @type {string[]} */ ids) => {
    const path = join(lists, file);
    writeFileSync(path, ids.map((id) => `${id}\n`).join(''));
    return path;
  };
  return ['--train-list', list('tile-train.txt', train_images), '--test-list', list('tile-test.txt', Object.keys(image_score_mean))];
}
