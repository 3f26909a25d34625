// @ts-check
// What the cases of group `whole` share: images, weights, settings, and where both sides write. It lies in one temporary
// folder for the whole run of the bench: what one case trained or kept, the next one uses.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syntheticCategory, writeSyntheticDataset } from '@blemish/datasets';
import { createEfficientNet } from '@blemish/features';
import { heatColours } from '@blemish/raster';
import { writeSafetensors } from '@blemish/weights';
import { backboneWeights } from './backbone-weights.mjs';
import { inBench } from './paths.mjs';
import { sharedPath } from './shared-path.mjs';
import { peerEnvironment } from './sides.mjs';

/** @typedef {import('./case.mjs').Context} Context @typedef {import('./case.mjs').Side} Side */

const epochs = 2;

/** @type {string | undefined} */
let folder;

/** A path in the temporary folder. @param {readonly string[]} parts */
export function place(...parts) {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'blemish-whole-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return join(folder, ...parts);
}

/** MVTec AD's bottle, where it is to be had; else as many drawn parts of its size. */
export function images() {
  const root = sharedPath('data/mvtec_ad');
  return root === undefined
    ? { root: place('drawn-parts'), dataset: 'drawn-parts', category: syntheticCategory, drawn: true }
    : { root, dataset: 'mvtec_ad', category: 'bottle', drawn: false };
}

/** What every case needs: images and weights, read once so that neither side reads them from the disk first. */
export async function prepareInputs(/** @type {Context} */ { cache }) {
  if (existsSync(place('weights.safetensors'))) return;
  const { root, category, drawn } = images();
  if (drawn) await writeSyntheticDataset(root, { seed: 0, train: 209, testGood: 20, testDefective: 63, size: 768 });
  for (const file of filesBelow(join(root, category))) readFileSync(file);
  mkdirSync(place('cache'), { recursive: true });
  const engine = join(cache, 'native-engine');
  if (existsSync(engine)) symlinkSync(engine, place('cache', 'native-engine'));
  writeFileSync(place('epochs.yaml'), `teacher: { epochs: ${epochs} }\nstudent: { epochs: ${epochs} }\n`);
  writeFileSync(place('colours.safetensors'), writeSafetensors([['colours', { dtype: 'U8', shape: [256, 3], data: heatColours }]]));
  writeFileSync(place('weights.safetensors'), backboneWeights('b4', createEfficientNet({ variant: 'b4', taps: [29] })).bytes);
}

/** Where `train` leaves its results. @param {string} run */
export function ourRun(run) {
  const { dataset, category } = images();
  return place('ours', 'ast', dataset, category, run);
}

/** @param {string} run */
export function peerRun(run) {
  return place('peer', run);
}

/** The command `train`. @param {string} run @param {readonly string[]} [more] @returns {(context: Context) => Side} */
export function ourTraining(run, more = []) {
  const { root, category } = images();
  const given = ['--preset', 'quick', '--config', place('epochs.yaml'), '--weights', place('weights.safetensors'), '--seed', '0'];
  const args = ['train', '--model', 'ast', ...given, '--data', root, '--category', category, '--out', place('ours'), '--run', run];
  return (context) => blemish(context, [...args, '--force', '--quiet', ...more]);
}

/** @param {string} run @returns {(context: Context) => Side | undefined} */
export function peerTraining(run) {
  const { root, category } = images();
  const given = ['--data', root, '--category', category, '--weights', place('weights.safetensors')];
  return (context) => python(context, 'whole_train.py', [...given, '--out', peerRun(run), '--cache', place('peer-features'), '--epochs', String(epochs), String(epochs)]);
}

/** A hundred images: those to test on, then good ones that were trained on. */
export function imagesToPredict() {
  const { root, category } = images();
  const files = ['test', 'train'].flatMap((part) => filesBelow(join(root, category, part)));
  return files.slice(0, 100);
}

/** @param {Context} context @param {readonly string[]} args @returns {Side} */
export function blemish({ root, threads }, args) {
  return {
    command: process.execPath,
    args: [join(root, 'packages/app/bin/blemish.mjs'), ...args],
    env: { BLEMISH_THREADS: String(threads), BLEMISH_CACHE: place('cache') },
  };
}

/** The peer's. @param {Context} context @param {string} script @param {readonly string[]} args @returns {Side | undefined} */
export function python({ python: interpreter, threads }, script, args) {
  return interpreter === undefined ? undefined : { command: interpreter, args: [inBench(`peer/${script}`), ...args], env: peerEnvironment(threads) };
}

/** The same side, which first removes a folder: every run of a pair begins without it. @template {Side | undefined} S @param {S} side @param {string} gone @returns {S} */
export function without(side, gone) {
  if (side === undefined) return side;
  // The shell becomes the command: one process, whose memory is its own.
  return { ...side, command: 'sh', args: ['-c', 'rm -rf "$0" && exec "$@"', gone, side.command, ...side.args] };
}

/** Runs a side for what it leaves. @param {Side | undefined} side */
export function runNow(side) {
  if (side === undefined) return;
  execFileSync(side.command, [...side.args], { env: { ...process.env, ...side.env }, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** @param {string} directory @returns {string[]} sorted */
function filesBelow(directory) {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => (entry.isDirectory() ? filesBelow(join(directory, entry.name)) : [join(directory, entry.name)]));
}
