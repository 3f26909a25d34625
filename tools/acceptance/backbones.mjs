// @ts-check
// Designs of the bundled backbone, compared by what detectors reach with them in short runs, beside the network they learned from.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backboneNames } from '@blemish/features';
import { fixed, markdownTable } from './lib/markdown-table.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { portable, record } from './lib/record.mjs';
import { isFinished, readRun } from './lib/run-folder.mjs';
import { tileSubset } from './lib/tile-subset.mjs';
import { loggedRun, machine, origin, train } from './lib/train-logged.mjs';

const { shared, out, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs backbones --designs NETWORK=FILE,NETWORK=FILE,... [--seed 0] [--backend native] [--compare-only] [--no-record]
--designs: files of blemish distil-pyramid by the network that learned, such as resnet18_half=half.safetensors, or of blemish distil, such as descriptor33=d33.safetensors`,
  options: {
    designs: { type: 'string', default: '' },
    seed: { type: 'string', default: '0' },
    backend: { type: 'string', default: 'native' },
    'compare-only': { type: 'boolean' },
    'no-record': { type: 'boolean' },
  },
});
const seed = String(values['seed']);
const designs = [
  { label: 'ResNet-18 of ImageNet', network: 'resnet18', file: sharedPath(shared, 'weights/resnet18-imagenet-layer1-3-bn-folded.safetensors') },
  ...String(values['designs']).split(',').filter(Boolean).map((text) => {
    const [network = '', file = ''] = text.split('=');
    if (!backboneNames.includes(network) || !existsSync(file)) throw new Error(`--designs: expected NETWORK=FILE of a known network and a file that is there, got ${text}`);
    return { label: `${network}, distilled`, network, file };
  }),
];
if (new Set(designs.map(({ label }) => label)).size < designs.length) throw new Error('--designs: expected each network once');
/** Half the epochs of `quick` and fewer: enough to tell designs apart. */
const systems = [
  { model: 'ast', label: 'AST, 256 px, 12 + 8 epochs', on: ['bottle', 'tile'], config: { imageSize: [256, 256], teacher: { epochs: 12 }, student: { epochs: 8 } } },
  // Not on tile: even 90 steps (30 epochs) on its 96 images are too few for a student that is better than a constant.
  { model: 'stfpm', label: 'STFPM, 10 epochs', on: ['bottle'], config: { epochs: 10 } },
];
const data = [
  { name: 'bottle', root: sharedPath(shared, 'data/mvtec_ad'), more: /** @type {string[]} */ ([]) },
  { name: 'tile', root: sharedPath(shared, 'data/magnetic_tile'), more: tileSubset(shared, out) },
];

/** @type {{label: string, network: string, system: string, data: string, metrics: Record<string, number>, seconds: Record<string, number>, commit: string, command: string}[]} */
const rows = [];
for (const { label, network, file } of designs) {
  for (const { model, label: system, on, config } of systems) {
    if (model === 'stfpm' && network.startsWith('descriptor')) continue; // one level makes no pyramid
    for (const { name, root, more } of data.filter((each) => on.includes(each.name))) {
      const id = `design-${label.replaceAll(/[^a-z0-9]+/gi, '-')}-seed${seed}`;
      const run = loggedRun(out, root.split('/').at(-1) ?? '', name, id, model);
      if (!values['compare-only']) {
        mkdirSync(join(out, 'logs'), { recursive: true });
        const settings = join(out, 'logs', `design-${model}.json`);
        writeFileSync(settings, JSON.stringify(config));
        await train(run, [
          ...['train', '--model', model, '--preset', 'quick', '--config', settings, '--backbone', network, '--weights', file, '--data', root, '--category', name, ...more],
          ...['--seed', seed, '--out', out, '--run', id, '--eval-size', '256', '--backend', String(values['backend'])],
        ]);
      }
      if (!isFinished(run.folder)) throw new Error(`${run.folder}: holds no finished run; leave out --compare-only`);
      const { metrics, seconds } = readRun(run.folder);
      const { command, commit } = origin(run);
      rows.push({ label, network, system, data: name, metrics, seconds, commit, command: portable(command, { shared, out }) });
    }
  }
}

const cells = systems.flatMap(({ label: system, on }) => on.map((name) => ({ system, name })));
const markdown = [
  `Image AUROC / AU-PRO at 256. Seed ${seed}; commit ${[...new Set(rows.map(({ commit }) => commit))].join(', ')}; ${machine()}.`,
  markdownTable(
    ['backbone', ...cells.map(({ system, name }) => `${system}: ${name}`)],
    designs.map(({ label }) => [
      label,
      ...cells.map(({ system, name }) => {
        const own = rows.find((row) => row.label === label && row.system === system && row.data === name)?.metrics;
        return own === undefined ? '-' : `${fixed(own['image_AUROC'], 4)} / ${fixed(own['AUPRO'], 4)}`;
      }),
    ]),
  ),
].join('\n\n');
console.log(markdown);
/** What the section shows: the network that was learned from, and three that learned. */
if (designs.length === 4 && !values['no-record']) record('backbones', { what: 'designs of the bundled backbone in short runs', machine: machine(), seed: Number(seed), rows }, markdown);
