// @ts-check
// Which model when: what each reaches on two cores, how long it trains and how fast it scores, one seed each.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from './lib/blemish.mjs';
import { fixed, markdownTable } from './lib/markdown-table.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { portable, record } from './lib/record.mjs';
import { isFinished, readRun } from './lib/run-folder.mjs';
import { tileSubset } from './lib/tile-subset.mjs';
import { loggedRun, machine, origin, train } from './lib/train-logged.mjs';
import { measuredModels } from './lib/which-model-plan.mjs';

const { shared, out, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs which-model [--teachers FILE,FILE,FILE] [--models ID,...] [--on bottle,tile,weld,gear] [--seed 0] [--backend native]
       --teachers        descriptor files, for the model that takes several; without them it is left out
       --compare-only    read what earlier runs left
       --no-record       print only`,
  options: {
    teachers: { type: 'string', default: '' },
    models: { type: 'string' },
    on: { type: 'string', default: 'bottle,tile,weld,gear' },
    seed: { type: 'string', default: '0' },
    backend: { type: 'string', default: 'native' },
    'compare-only': { type: 'boolean' },
    'no-record': { type: 'boolean' },
  },
});
const backend = String(values['backend']);
const seed = String(values['seed']);
const list = (/** @type {unknown} */ text) => String(text).split(',').filter(Boolean);

/** Data by name: a folder of each in the layout of MVTec AD, its category, and further arguments. @type {Record<string, {root: string, category: string, more?: readonly string[], images: string}>} */
const data = {
  bottle: { root: sharedPath(shared, 'data/mvtec_ad'), category: 'bottle', images: 'test/good' },
  tile: { root: sharedPath(shared, 'data/magnetic_tile'), category: 'tile', more: tileSubset(shared, out), images: 'test/good' },
  weld: { root: sharedPath(shared, 'data/battery_weld'), category: 'weld', images: '' },
  gear: { root: join(out, 'which-synthetic-seed0'), category: 'gear', images: 'test/good/rgb' },
};

const ids = values['models'] === undefined ? undefined : list(values['models']);
const models = measuredModels((path) => sharedPath(shared, path), list(values['teachers'])).filter(({ id }) => ids === undefined || ids.includes(id));
const unknown = ids?.find((id) => !models.some((model) => model.id === id));
if (unknown !== undefined) throw new Error(`--models: knows no ${unknown}`);
/** @type {{data: string, id: string, label: string, backbone: string, config: object | undefined, metrics: Record<string, number>, minutes?: number, rate?: number | undefined, commit?: string, command?: string, refused?: string}[]} */
const rows = [];
for (const name of list(values['on'])) {
  const of = data[name];
  if (of === undefined) throw new Error(`--on: expected some of ${Object.keys(data).join(', ')}, got ${name}`);
  if (name === 'gear' && !values['compare-only'] && !existsSync(join(of.root, of.category, 'test', 'stain', 'gt', '007.png'))) {
    await mustRun(['synthesize', '--out', of.root, '--seed', '0', '--parts', 'gear', '--count', '120', '--validation', '0', '--test-good', '24', '--test-per-defect', '8']);
  }
  for (const model of models.filter(({ on }) => on.includes(name))) {
    const run = loggedRun(out, of.root.split('/').at(-1) ?? '', of.category, `which-${model.id}-seed${seed}`, model.args[1]);
    const rateFile = join(run.folder, `rate-${backend}.json`);
    const row = { data: name, id: model.id, label: model.label, backbone: model.backbone, config: model.config };
    if (!values['compare-only']) {
      mkdirSync(join(out, 'logs'), { recursive: true });
      const config = join(out, 'logs', `which-${model.id}.json`);
      if (model.config) writeFileSync(config, JSON.stringify(model.config));
      const trained = await train(run, [
        ...['train', ...model.args, '--data', of.root, '--category', of.category, ...(of.more ?? []), ...(model.config ? ['--config', config] : [])],
        ...['--seed', seed, '--out', out, '--run', `which-${model.id}-seed${seed}`, '--eval-size', '256', '--backend', backend],
      ]).then(
        () => true,
        (error) => {
          if (!String(error).includes('the student collapsed')) throw error;
          return false;
        },
      );
      if (!trained) {
        rows.push({ ...row, metrics: {}, refused: 'taken for collapsed, or trained too briefly' });
        continue;
      }
      if (of.images !== '' && !model.id.startsWith('ast-3d-') && !existsSync(rateFile)) {
        const timer = fileURLToPath(new URL('./lib/scoring-rate.mjs', import.meta.url));
        writeFileSync(rateFile, execFileSync(process.execPath, [timer, join(run.folder, 'model.safetensors'), join(of.root, of.category, of.images), backend], { encoding: 'utf8' }));
      }
    }
    if (!isFinished(run.folder)) throw new Error(`${run.folder}: holds no finished run; leave out --compare-only`);
    const { metrics, seconds } = readRun(run.folder);
    const { command, commit } = origin(run);
    const minutes = Object.values(seconds).reduce((sum, part) => sum + part, 0) / 60;
    const rate = existsSync(rateFile) ? JSON.parse(readFileSync(rateFile, 'utf8')).imagesPerSecond : undefined;
    rows.push({ ...row, metrics, minutes, rate, commit, command: portable(command, { shared, out }) });
  }
}

const columns = ['data', 'model', 'backbone', 'image AUROC', 'pixel AUROC', 'AU-PRO', 'minutes of training', 'images a second'];
const markdown = [
  `Seed ${seed}; commit ${[...new Set(rows.flatMap(({ commit }) => commit ?? []))].join(', ')}; ${machine()}; engine ${backend}.`,
  markdownTable(columns, rows.map(({ data: name, label, backbone, metrics, minutes, rate }) => [name, label, backbone, ...['image_AUROC', 'pixel_AUROC', 'AUPRO'].map((key) => fixed(metrics[key], 4)), fixed(minutes, 1), fixed(rate, 1)])),
].join('\n\n');
console.log(markdown);
if (ids === undefined && list(values['on']).length === Object.keys(data).length && !values['no-record']) {
  record('which-model', { what: 'every detector and preset made for processors, one seed', machine: machine(), seed: Number(seed), rows }, markdown);
}
