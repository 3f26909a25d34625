// @ts-check
// The synthetic benchmark: AST on colour, depth and both, beside comparisons that learn nothing, by kind of defect; and the ablation.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mustRun } from './lib/blemish.mjs';
import { createChecklist } from './lib/checklist.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { portable, record } from './lib/record.mjs';
import { isFinished } from './lib/run-folder.mjs';
import { ablations, drawn, modes, settings, shows } from './lib/synthetic-plan.mjs';
import { checkSynthetic, syntheticReport } from './lib/synthetic-report.mjs';
import { loggedRun, machine, origin, train } from './lib/train-logged.mjs';

/** @typedef {import('./lib/synthetic-plan.mjs').Modality} Modality */

const { shared, out, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs synthetic [--seeds 0,1,2] [--parts plate,gear,bottle-cap] [--backend native]
       [--ablation-seeds 0] [--ablation-modality rgb+depth] [--ablation-parts plate,gear]
       [--compare-only]   read what earlier runs left; finished runs are not repeated in any case, so change --out after a change of the code
       [--no-record]      print only`,
  options: {
    'compare-only': { type: 'boolean' },
    'no-record': { type: 'boolean' },
    seeds: { type: 'string', default: '0,1,2' },
    'ablation-seeds': { type: 'string', default: '0' },
    'ablation-parts': { type: 'string', default: 'plate,gear' },
    'ablation-modality': { type: 'string', default: 'rgb+depth' },
    parts: { type: 'string', default: drawn.parts.join(',') },
    backend: { type: 'string', default: 'native' },
  },
});

const numbers = (/** @type {unknown} */ text) => String(text).split(',').filter(Boolean).map(Number);
const seeds = numbers(values['seeds']);
const parts = String(values['parts']).split(',');
const ablated = /** @type {Modality[]} */ (String(values['ablation-modality']).split(','));
const weights = sharedPath(shared, 'weights/efficientnet-b4-imagenet-blocks0-29.safetensors');

const start = performance.now();
/** @type {import('./lib/synthetic-report.mjs').SyntheticRun[]} */
const runs = [];
/** @type {import('./lib/synthetic-report.mjs').SyntheticBaseline[]} */
const baselines = [];
for (const seed of seeds) {
  const data = join(out, `synthetic-seed${seed}`);
  if (!values['compare-only']) await draw(data, seed);
  for (const part of parts) {
    for (const modality of modes) runs.push(await measured({ data, seed, part, modality }));
    baselines.push(...(await comparisons(data, seed, part)));
  }
}
for (const seed of numbers(values['ablation-seeds'])) {
  const data = join(out, `synthetic-seed${seed}`);
  for (const ablation of ablations) {
    for (const part of String(values['ablation-parts']).split(',')) {
      for (const modality of ablated) runs.push(await measured({ data, seed, part, modality, ablation }));
    }
  }
}
const minutes = (performance.now() - start) / 60e3;

const markdown = syntheticReport({ runs, baselines, origin: `Commit ${[...new Set(runs.map(({ commit }) => commit))].join(', ')}; ${machine()}.` });
console.log(markdown);
console.log(`\n${minutes.toFixed(1)} minutes`);
const list = createChecklist();
checkSynthetic(runs, list);
if (!values['no-record'] && seeds.length === 3 && parts.length === drawn.parts.length) {
  const what = 'preset quick-3d at two thirds of its edge on synthetic parts, beside comparisons that learn nothing';
  record('synthetic', { what, machine: machine(), drawn, runs, baselines }, markdown);
}
process.exitCode = list.finish();

/** @param {string} data @param {number} seed */
async function draw(data, seed) {
  const { count, validation, testGood, testPerDefect } = drawn;
  const last = `test/${shows.both.at(-1)}/gt/${String(testPerDefect - 1).padStart(3, '0')}.png`; // what is drawn last
  if (parts.every((part) => existsSync(join(data, part, last)))) return;
  const counts = ['--count', count, '--validation', validation, '--test-good', testGood, '--test-per-defect', testPerDefect].map(String);
  await mustRun(['synthesize', '--out', data, '--seed', String(seed), '--parts', parts.join(','), ...counts], { onStderr: (text) => process.stderr.write(text) });
}

/**
 * @param {{data: string, seed: number, part: string, modality: Modality, ablation?: string}} run
 * @returns {Promise<import('./lib/synthetic-report.mjs').SyntheticRun>}
 */
async function measured({ data, seed, part, modality, ablation }) {
  const name = [modality, ...(ablation ? [ablation.replace(' ', '-')] : [])].join('-');
  const run = loggedRun(out, `synthetic-seed${seed}`, part, name);
  if (!values['compare-only']) {
    const config = join(dirname(run.log), `synthetic-${name}.json`);
    mkdirSync(dirname(config), { recursive: true });
    writeFileSync(config, JSON.stringify(settings(modality, ablation)));
    await train(run, [
      ...['train', '--preset', 'quick-3d', '--modality', modality, '--config', config, '--data', data, '--category', part, '--seed', String(seed)],
      ...(modality === 'depth' ? [] : ['--weights', weights]),
      ...['--out', out, '--run', name, '--no-maps', '--backend', String(values['backend'])],
    ]);
  }
  if (!isFinished(run.folder)) throw new Error(`${run.folder}: holds no finished run; leave out --compare-only`);
  const { image_AUROC, AUPRO, pixel_AUROC, image_AUROC_by_defect } = json(join(run.folder, 'metrics.json'));
  const { seconds } = json(join(run.folder, 'training.json'));
  const { commit, command } = origin(run);
  return { seed, part, modality, ...(ablation && { ablation }), image_AUROC, AUPRO, pixel_AUROC, image_AUROC_by_defect, seconds, commit, command: portable(command, { shared, out }) };
}

/**
 * @param {string} data @param {number} seed @param {string} part
 * @returns {Promise<import('./lib/synthetic-report.mjs').SyntheticBaseline[]>}
 */
async function comparisons(data, seed, part) {
  const file = join(out, 'logs', `synthetic-seed${seed}-${part}-baselines.json`);
  if (!values['compare-only']) {
    const { stdout } = await mustRun(['baselines', '--data', data, '--category', part, '--json', '--quiet']);
    writeFileSync(file, stdout);
  }
  return json(file).baselines.map((/** @type {object} */ row) => ({ seed, part, ...row }));
}

/** @param {string} file */
function json(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
