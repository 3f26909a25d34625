// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, readFloatTiff } from '@blemish/images';

/** How far metrics of two trainings may lie apart that differ in their draws alone, after two epochs. */
const metricTolerances = { image_AUROC: 0.02, pixel_AUROC: 0.01, pixel_AP: 0.03, AUPRO: 0.02 };
const lossTolerance = 0.05;

/**
 * Both trained on the same images with draws of their own: last losses and metrics must be alike, and each test image has a map.
 *
 * @param {string} ours folder of the run
 * @param {string} peer
 * @param {boolean} trained whether the backbone is; over random features metrics are near chance and differ with the draws
 */
export async function compareTrainings(ours, peer, trained) {
  const [a, b] = [ours, peer].map((folder) => ({
    metrics: JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')),
    losses: readTable(join(folder, 'losses.csv')),
    scores: readTable(join(folder, 'scores.csv')),
  }));
  if (a === undefined || b === undefined) throw new Error('unreachable');
  const words = [];
  for (const phase of ['teacher', 'student']) {
    const [x, y] = [a, b].map(({ losses }) => Number(losses.filter((row) => row['phase'] === phase).at(-1)?.['loss']));
    mustHold(Math.abs(Number(x) / Number(y) - 1) <= lossTolerance, `${phase}'s last loss: ${x} and ${y}`);
    words.push(`${phase} loss ${x?.toPrecision(4)} / ${y?.toPrecision(4)}`);
  }
  for (const [name, tolerance] of Object.entries(trained ? metricTolerances : {})) {
    const [x, y] = [Number(a.metrics[name]), Number(b.metrics[name])];
    mustHold(Math.abs(x - y) <= tolerance, `${name}: ${x} and ${y}`);
    words.push(`${name} ${x.toFixed(3)} / ${y.toFixed(3)}`);
  }
  mustHold(a.scores.map((row) => row['image']).join() === b.scores.map((row) => row['image']).join(), 'scores.csv: other images');
  return words.join(', ');
}

/**
 * Both read one model file: scores, maps and pictures must be equal but for the JPEG decoder and rounding.
 *
 * @param {string} ours folder of the predictions
 * @param {string} peer
 */
export async function comparePredictions(ours, peer) {
  const [a, b] = [ours, peer].map((folder) => readTable(join(folder, 'scores.csv')));
  if (a === undefined || b === undefined) throw new Error('unreachable');
  mustHold(a.length === b.length, `scores.csv: ${a.length} and ${b.length} rows`);
  const worst = { score: 0, map: 0, picture: 0 };
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? {};
    mustHold(x['image'] === y['image'], `scores.csv: ${x['image']} and ${y['image']}`);
    for (const name of ['score_mean', 'score_max']) worst.score = Math.max(worst.score, Math.abs(Number(x[name]) / Number(y[name]) - 1));
    if (i % 10 > 0) continue;
    const [mapA, mapB] = [await readMap(join(ours, String(x['map']))), await readMap(join(peer, String(y['map'])))];
    worst.map = Math.max(worst.map, largestDifference(mapA.data, mapB.data) / largestDifference(mapB.data, new Float32Array(mapB.data.length)));
    const [levelsA, levelsB] = [await decodeImage(join(ours, String(x['picture']))), await decodeImage(join(peer, String(y['picture'])))];
    worst.picture = Math.max(worst.picture, largestDifference(levelsA.data, levelsB.data));
  }
  mustHold(worst.score <= 1e-3, `scores differ by ${worst.score}`);
  mustHold(worst.map <= 1e-3, `maps differ by ${worst.map} of the largest value`);
  mustHold(worst.picture <= 3, `pictures differ by ${worst.picture} levels`);
  return `scores within ${worst.score.toExponential(1)}, maps within ${worst.map.toExponential(1)}, pictures within ${worst.picture} levels`;
}

/** @param {boolean} holds @param {string} what */
function mustHold(holds, what) {
  if (!holds) throw new Error(`results are not equal: ${what}`);
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function largestDifference(a, b) {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(Number(a[i]) - Number(b[i])));
  return largest;
}

/** @param {string} file */
function readMap(file) {
  return readFloatTiff(Uint8Array.from(readFileSync(file)), file);
}

/** A table without quoted fields. @param {string} file @returns {Record<string, string>[]} */
function readTable(file) {
  const [header = '', ...lines] = readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean);
  const columns = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((field, i) => [columns[i], field])));
}
