// @ts-check
// Preset quick-heights on the laser height maps of battery_weld, beside comparisons that learn nothing.
import { mustRun } from './lib/blemish.mjs';
import { fixed, markdownTable } from './lib/markdown-table.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { portable, record } from './lib/record.mjs';
import { readRun } from './lib/run-folder.mjs';
import { loggedRun, machine, origin, train } from './lib/train-logged.mjs';

const { shared, out, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs weld [--seeds 0,1,2] [--backend native]
       [--preset NAME] [--config FILE]   a trial with other settings: nothing is recorded
       [--no-record]                     print only`,
  options: {
    'no-record': { type: 'boolean' },
    seeds: { type: 'string', default: '0,1,2' },
    backend: { type: 'string', default: 'native' },
    preset: { type: 'string', default: 'quick-heights' },
    config: { type: 'string' },
  },
});

const metrics = /** @type {const} */ (['image_AUROC', 'image_AUROC_mean', 'pixel_AUROC', 'AUPRO']);
const data = ['--data', sharedPath(shared, 'data/battery_weld'), '--category', 'weld'];
const { preset, config } = values;
const seeds = String(values['seeds']).split(',').map(Number);

/** @type {{label: string, metrics: Record<string, number>, seconds?: Record<string, number>, commit?: string, command?: string}[]} */
const rows = [];
for (const seed of seeds) {
  const name = `${config ? 'trial' : preset}-seed-${seed}`;
  const run = loggedRun(out, 'battery_weld', 'weld', name);
  await train(run, [
    ...['train', '--preset', String(preset), '--modality', 'depth', ...(config ? ['--config', String(config)] : []), ...data, '--depth-scale', '1e-4'],
    ...['--seed', String(seed), '--out', out, '--run', name, '--no-maps', '--backend', String(values['backend'])],
  ]);
  const { metrics: numbers, seconds } = readRun(run.folder);
  const { commit, command } = origin(run);
  rows.push({ label: `AST, seed ${seed}`, metrics: numbers, seconds, commit, command: portable(command, { shared, out }) });
}
// Compared as gray pictures: there is no table to measure heights from.
const { stdout } = await mustRun(['baselines', ...data, '--modality', 'rgb', '--json', '--quiet']);
for (const { baseline, ...numbers } of JSON.parse(stdout).baselines) rows.push({ label: `${baseline}, gray levels`, metrics: numbers });

const markdown = [
  `Commit ${rows[0]?.commit}; ${machine()}.`,
  markdownTable(['', ...metrics.map((name) => name.replaceAll('_', ' '))], rows.map(({ label, metrics: own }) => [label, ...metrics.map((name) => fixed(own[name], 3))])),
].join('\n\n');
console.log(markdown);
if (!config && preset === 'quick-heights' && seeds.length === 3 && !values['no-record']) {
  record('weld', { what: 'preset quick-heights on battery_weld/weld, one level read as 0.1 mm', machine: machine(), rows }, markdown);
}
