// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedPath } from './options.mjs';

/**
 * The reference's subset of magnetic tile as arguments of `train`. The lists stay beside the logs: a run that is resumed or
 * evaluated again needs them.
 *
 * @param {string} shared
 * @param {string} out folder of the runs
 */
export function tileSubset(shared, out) {
  const reference = JSON.parse(readFileSync(sharedPath(shared, 'reference/ast-quick.json'), 'utf8'));
  const { train_images, image_score_mean } = reference.runs.find((/** @type {any} */ { data }) => data.startsWith('magnetic_tile/'));
  const lists = join(out, 'logs');
  mkdirSync(lists, { recursive: true });
  const list = (/** @type {string} */ file, /** @type {string[]} */ ids) => {
    const path = join(lists, file);
    writeFileSync(path, ids.map((id) => `${id}\n`).join(''));
    return path;
  };
  return ['--train-list', list('tile-train.txt', train_images), '--test-list', list('tile-test.txt', Object.keys(image_score_mean))];
}
