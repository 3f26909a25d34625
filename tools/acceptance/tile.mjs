// @ts-check
// Preset quick on the reference's subset of magnetic tile, seed 0: a check of parity on data that are not saturated.
import { readFileSync } from 'node:fs';
import { createChecklist } from './lib/checklist.mjs';
import { compareRun } from './lib/compare-run.mjs';
import { lossTable, metricsTable, secondsTable } from './lib/comparison-report.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { portable, record } from './lib/record.mjs';
import { readRun } from './lib/run-folder.mjs';
import { tileSubset } from './lib/tile-subset.mjs';
import { loggedRun, machine, origin, trainAndEvaluate } from './lib/train-logged.mjs';

const { shared, out, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs tile [--compare-only] [--backend native]
       [--preset NAME] [--config FILE]   a trial with other settings: nothing is recorded
       [--no-record]                     print only`,
  options: {
    'compare-only': { type: 'boolean' },
    'no-record': { type: 'boolean' },
    backend: { type: 'string', default: 'native' },
    preset: { type: 'string', default: 'quick' },
    config: { type: 'string' },
  },
});

/** How far image AUROC and AU-PRO may be from the reference's. */
const tolerance = 0.05;

const reference = JSON.parse(readFileSync(sharedPath(shared, 'reference/ast-quick.json'), 'utf8'));
const theirs = reference.runs.find((/** @type {any} */ { data }) => data.startsWith('magnetic_tile/'));
const { preset, config } = values;
const name = `${config ? 'trial' : preset}-subset-seed-0`;
const run = loggedRun(out, 'magnetic_tile', 'tile', name);

if (!values['compare-only']) {
  const backbone = ['--backbone', 'efficientnet-b4', '--weights', sharedPath(shared, 'weights/efficientnet-b4-imagenet-blocks0-29.safetensors')];
  await trainAndEvaluate(
    run,
    [
      ...['train', '--model', 'ast', '--preset', String(preset), '--data', sharedPath(shared, 'data/magnetic_tile'), '--category', 'tile'],
      ...tileSubset(shared, out),
      ...(preset === 'smoke' ? [] : backbone),
      ...(config ? ['--config', String(config)] : []),
      ...['--seed', '0', '--out', out, '--run', name, '--no-maps', '--backend', String(values['backend'])],
    ],
    ['--backend', String(values['backend'])],
  );
}

const read = readRun(run.folder, run.evaluation);
const { command, ...rest } = origin(run);
const numbers = { ...compareRun(read, theirs), ...rest, command: portable(command, { shared, out }), training: read.training };
const perImage = reference.timing.rows['EfficientNet-B4..29 768 channels_last batch 1'].median;
const markdown = [
  `Ours / the official code's: ${theirs.n_train} training images, ${theirs.n_test} test images. Commit ${numbers.commit}; ${machine()}.`,
  metricsTable([numbers]),
  'Mean loss of each epoch:',
  lossTable([numbers], 'teacher'),
  lossTable([numbers], 'student'),
  'Seconds (the official ones were taken on another machine):',
  secondsTable([numbers], perImage * theirs.n_train),
  ...(numbers.resumed ? ['The run was stopped and resumed: its seconds are those of the last part.'] : []),
].join('\n\n');
console.log(markdown);

const list = createChecklist();
for (const metric of ['image_AUROC', 'AUPRO']) {
  const pair = numbers.metrics[metric];
  const difference = Math.abs(Number(pair?.ours) - Number(pair?.reference));
  list.check(difference <= tolerance, `${metric} within ${tolerance} of the reference's`, `${pair?.ours} and ${pair?.reference}`);
}
if (!config && preset === 'quick' && !values['no-record']) {
  record('tile-quick', { what: 'preset quick on the subset of magnetic_tile/tile; pairs are ours and the official code’s', machine: machine(), run: numbers }, markdown);
}
process.exitCode = list.finish();
