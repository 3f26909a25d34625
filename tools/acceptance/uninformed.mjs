// @ts-check
// Uninformed Students, preset quick, on bottle and a subset of magnetic tile: each receptive field and all, error, variance and
// both; and what fewer epochs cost.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine } from '@blemish/engine/node';
import { listDataset } from '../../packages/app/dist/dataset-options.js';
import { createChecklist } from './lib/checklist.mjs';
import { fixed, markdownTable } from './lib/markdown-table.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { portable, record } from './lib/record.mjs';
import { isFinished, readRun } from './lib/run-folder.mjs';
import { tileSubset } from './lib/tile-subset.mjs';
import { loggedRun, machine, origin, train } from './lib/train-logged.mjs';
import { uninformedVariants } from './lib/uninformed-variants.mjs';

const { shared, out, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs uninformed --teachers FILE,FILE,FILE [--parts bottle,tile,curve] [--compare-only] [--no-record] [--backend native]
--teachers: descriptor files of blemish distil for 17, 33 and 65 pixels, in this order`,
  options: {
    teachers: { type: 'string', default: '' },
    parts: { type: 'string', default: 'bottle,tile,curve' },
    backend: { type: 'string', default: 'native' },
    'compare-only': { type: 'boolean' },
    'no-record': { type: 'boolean' },
  },
});
const teachers = String(values['teachers']).split(',');
if (teachers.length !== 3) throw new Error('--teachers: expected three descriptor files, for 17, 33 and 65 pixels');
const parts = String(values['parts']).split(',');
const unknown = parts.find((part) => !['bottle', 'tile', 'curve'].includes(part));
if (unknown !== undefined) throw new Error(`--parts: expected some of bottle, tile, curve, got ${unknown}`);
const backend = String(values['backend']);
/** Epochs of the curve; the last are the preset's. */
const curve = [5, 10, 20, 40];
/** Minutes that a receptive field may take on bottle. */
const mostMinutes = 15;

const bottle = { data: sharedPath(shared, 'data/mvtec_ad'), category: 'bottle', more: /** @type {string[]} */ ([]) };
const tile = { data: sharedPath(shared, 'data/magnetic_tile'), category: 'tile', more: tileSubset(shared, out) };

/** @typedef {{part: string, name: string, of: typeof bottle, teachers: readonly string[], epochs?: number}} Plan */
/** @type {Plan[]} */
const plan = [
  { part: 'bottle', name: 'quick-three', of: bottle, teachers },
  { part: 'tile', name: 'quick-three', of: tile, teachers },
  ...curve.slice(0, -1).map((epochs) => ({ part: 'curve', name: `p33-epochs${epochs}`, of: bottle, teachers: [String(teachers[1])], epochs })),
].filter(({ part }) => parts.includes(part));

await startEngine({ backend: /** @type {any} */ (backend) });
const results = [];
for (const { part, name, of, teachers: own, epochs } of plan) {
  const run = loggedRun(out, of.data.split('/').at(-1) ?? '', of.category, name, 'uninformed-students');
  const kept = join(run.folder, 'variants.json');
  if (!values['compare-only']) {
    const config = join(out, 'logs', `uninformed-${name}.json`);
    if (epochs !== undefined) writeFileSync(config, JSON.stringify({ fields: { 33: { epochs } } }));
    await train(run, [
      ...['train', '--model', 'uninformed-students', '--preset', 'quick', '--teacher', ...own, '--data', of.data, '--category', of.category, ...of.more],
      ...(epochs === undefined ? [] : ['--config', config]),
      ...['--seed', '0', '--out', out, '--run', name, '--eval-size', '256', '--backend', backend],
    ]);
    if (!existsSync(kept)) {
      const [trainList, testList] = [of.more[1], of.more[3]];
      const { test } = await listDataset({ data: of.data, category: of.category, modality: 'rgb', ...(trainList && { trainList, testList }) }, 0);
      const variants = await uninformedVariants(join(run.folder, 'model.safetensors'), test, (done) => process.stderr.write(`\r${name}: scored ${done} of ${test.length} `));
      process.stderr.write('\n');
      writeFileSync(kept, JSON.stringify(variants));
    }
  }
  if (!isFinished(run.folder) || !existsSync(kept)) throw new Error(`${run.folder}: holds no finished run; leave out --compare-only`);
  const { seconds, metrics } = readRun(run.folder);
  const { command, ...rest } = origin(run);
  results.push({ part, name, epochs, variants: JSON.parse(readFileSync(kept, 'utf8')), metrics, seconds, ...rest, command: portable(command, { shared, out }) });
}

const metric = (/** @type {any} */ variant, /** @type {string} */ name) => fixed(variant.metrics[name], 4);
const kindNames = /** @type {const} */ ({ both: 'both', error: 'error alone', variance: 'variance alone' });
const tables = results
  .filter(({ part }) => part !== 'curve')
  .map(({ part, variants, seconds }) => {
    const rows = variants.map((/** @type {any} */ variant) => [variant.fields === 'all' ? 'all three' : `p = ${variant.fields}`, kindNames[/** @type {'both'} */ (variant.kind)], metric(variant, 'image_AUROC'), metric(variant, 'pixel_AUROC'), metric(variant, 'AUPRO')]);
    const minutes = Object.entries(seconds).map(([phase, one]) => `${phase} ${fixed(one / 60, 1)}`).join(', ');
    return [`${part}, minutes of training: ${minutes}.`, markdownTable(['field', 'map of', 'image AUROC', 'pixel AUROC', 'AU-PRO'], rows)].join('\n\n');
  });
const field33 = (/** @type {any} */ result) => result.variants.find((/** @type {any} */ { fields, kind }) => fields === '33' && kind === 'both');
const main = results.find(({ part }) => part === 'bottle');
const points = [...results.filter(({ part }) => part === 'curve'), ...(main === undefined ? [] : [{ ...main, epochs: curve.at(-1) }])];
const markdown = [
  `Commit ${[...new Set(results.map(({ commit }) => commit))].join(', ')}; ${machine()}; seed 0. Teachers of the default steps.`,
  ...tables,
  ...(points.length < 2 ? [] : ['p = 33 on bottle by epochs:', markdownTable(['epochs', 'image AUROC', 'pixel AUROC', 'AU-PRO', 'minutes'], points.map((point) => [point.epochs, ...['image_AUROC', 'pixel_AUROC', 'AUPRO'].map((name) => metric(field33(point), name)), fixed(Number(point.seconds['students 33']) / 60, 1)]))]),
].join('\n\n');
console.log(markdown);

const list = createChecklist();
for (const [phase, seconds] of Object.entries(main?.seconds ?? {})) {
  if (phase.startsWith('students')) list.check(seconds / 60 < mostMinutes, `bottle, ${phase}: under ${mostMinutes} minutes`, fixed(seconds / 60, 1));
}
for (const { part, name, variants, metrics } of results) {
  const whole = variants.find((/** @type {any} */ { fields, kind }) => kind === 'both' && fields === (name === 'quick-three' ? 'all' : '33'));
  const off = Math.max(...['image_AUROC', 'pixel_AUROC', 'AUPRO'].map((key) => Math.abs(whole.metrics[key] - Number(metrics[key]))));
  list.check(off < 1e-3, `${part}, ${name}: the table's own fusion is the detector's`, String(off));
}
if (parts.length === 3 && !values['no-record']) record('uninformed', { what: 'Uninformed Students, preset quick', machine: machine(), seed: 0, results }, markdown);
process.exitCode = list.finish();
