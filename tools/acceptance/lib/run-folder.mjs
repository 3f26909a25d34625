// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from './csv.mjs';

/**
 * What a run left, as numbers.
 *
 * @typedef {object} RunNumbers
 * @property {Record<string, number>} metrics the numbers of metrics.json
 * @property {Map<string, number>} scores one of its scores by image
 * @property {{teacher: number[], student: number[]}} losses by epoch
 * @property {Record<string, number>} seconds by phase
 * @property {{batch?: number, engine?: unknown, notes?: string[]}} training
 */

/**
 * Whether `train` has finished there.
 *
 * @param {string} folder
 */
export function isFinished(folder) {
  const has = (/** @type {string} */ file) => existsSync(join(folder, file));
  return ['model.safetensors', 'metrics.json', 'training.json'].every(has) && !has('unfinished.json');
}

/**
 * Reads a finished run; metrics and scores may come from a later evaluation's folder.
 *
 * @param {string} folder
 * @param {string} [evaluation]
 * @param {'score_mean' | 'score_max'} [score] which score
 * @returns {RunNumbers}
 */
export function readRun(folder, evaluation = folder, score = 'score_mean') {
  const json = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8'));
  const { seconds = {}, ...training } = json(join(folder, 'training.json'));
  const losses = readCsv(readFileSync(join(folder, 'losses.csv'), 'utf8'), join(folder, 'losses.csv'));
  const scores = readCsv(readFileSync(join(evaluation, 'scores.csv'), 'utf8'), join(evaluation, 'scores.csv'));
  return {
    metrics: numbersOf(json(join(evaluation, 'metrics.json'))),
    scores: new Map(scores.map((row) => [String(row['image']), Number(row[score])])),
    losses: { teacher: lossesOf(losses, 'teacher'), student: lossesOf(losses, 'student') },
    seconds,
    training,
  };
}

/** @param {Record<string, unknown>} record */
function numbersOf(record) {
  return Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (typeof value === 'number' ? [[key, value]] : [])));
}

/**
 * @param {Record<string, string>[]} rows
 * @param {string} phase
 */
function lossesOf(rows, phase) {
  const own = rows.filter((row) => row['phase'] === phase);
  own.forEach((row, i) => {
    if (Number(row['epoch']) !== i + 1) throw new Error(`losses.csv: expected epoch ${i + 1} of the ${phase}, got ${row['epoch']}`);
  });
  return own.map((row) => Number(row['loss']));
}
