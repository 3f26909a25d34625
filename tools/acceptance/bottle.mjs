// @ts-check
// Preset quick on MVTec AD's bottle, three seeds, beside the official code's results with the same settings and data.
import { readFileSync } from 'node:fs';
import { createChecklist } from './lib/checklist.mjs';
import { compareRun, comparedMetrics } from './lib/compare-run.mjs';
import { lossTable, meanMetrics, metricsTable, secondsTable } from './lib/comparison-report.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { portable, record } from './lib/record.mjs';
import { readRun } from './lib/run-folder.mjs';
import { loggedRun, machine, origin, trainAndEvaluate } from './lib/train-logged.mjs';

const { shared, out, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs bottle [--compare-only] [--seeds 0,1,2] [--backend native]
       [--preset NAME] [--config FILE]   a trial with other settings: nothing is recorded
       [--no-record]                     print only`,
  options: {
    'compare-only': { type: 'boolean' },
    'no-record': { type: 'boolean' },
    seeds: { type: 'string', default: '0,1,2' },
    backend: { type: 'string', default: 'native' },
    preset: { type: 'string', default: 'quick' },
    config: { type: 'string' },
  },
});

/** Least means over the seeds. */
const floors = { image_AUROC: 0.987, image_AUROC_max: 0.977, pixel_AUROC: 0.968, AUPRO: 0.89 };
const leastRankCorrelation = 0.95;

const reference = JSON.parse(readFileSync(sharedPath(shared, 'reference/ast-quick.json'), 'utf8'));
const { preset, config } = values;
const seeds = String(values['seeds']).split(',').map(Number);
const runs = seeds.map((seed) => {
  const name = `${config ? 'trial' : preset}-seed-${seed}`;
  return { seed, name, ...loggedRun(out, 'mvtec_ad', 'bottle', name) };
});

if (!values['compare-only']) {
  const backbone = ['--backbone', 'efficientnet-b4', '--weights', sharedPath(shared, 'weights/efficientnet-b4-imagenet-blocks0-29.safetensors')];
  for (const run of runs) {
    await trainAndEvaluate(
      run,
      [
        ...['train', '--model', 'ast', '--preset', String(preset), '--data', sharedPath(shared, 'data/mvtec_ad'), '--category', 'bottle'],
        ...(preset === 'smoke' ? [] : backbone),
        ...(config ? ['--config', String(config)] : []),
        ...['--seed', String(run.seed), '--out', out, '--run', run.name, '--no-maps', '--backend', String(values['backend'])],
      ],
      ['--backend', String(values['backend'])],
    );
  }
}

const numbers = runs.map((run) => {
  const theirs = reference.runs.find((/** @type {any} */ { data, seed }) => data === 'mvtec_ad/bottle' && seed === run.seed);
  if (theirs === undefined) throw new Error(`ast-quick.json: holds no run on bottle with seed ${run.seed}`);
  const read = readRun(run.folder, run.evaluation);
  const { command, ...rest } = origin(run);
  return { ...compareRun(read, theirs), ...rest, command: portable(command, { shared, out }), training: read.training };
});
const means = meanMetrics(numbers);
const perImage = reference.timing.rows['EfficientNet-B4..29 768 channels_last batch 1'].median;
const featuresOf = reference.runs[0].n_train;

const markdown = [
  `Ours / the official code's. Commit ${numbers[0]?.commit}; ${machine()}.`,
  metricsTable(numbers),
  'Mean loss of each epoch:',
  lossTable(numbers, 'teacher'),
  lossTable(numbers, 'student'),
  `Seconds (the official ones were taken on another machine; its features are ${featuresOf} times its ${perImage} s an image; where ours were kept by an earlier run, reading them is what was timed):`,
  secondsTable(numbers, perImage * featuresOf),
  ...numbers.filter(({ resumed }) => resumed).map(({ seed }) => `Seed ${seed} was stopped and resumed: its seconds are those of the last part.`),
].join('\n\n');
console.log(markdown);

const list = createChecklist();
for (const [name, , label] of comparedMetrics) {
  const floor = floors[name];
  list.check(Number(means[name]?.ours) >= floor, `${label}, mean over seeds, at least ${floor}`, String(means[name]?.ours));
}
for (const { seed, rankCorrelation } of numbers) {
  list.check(rankCorrelation >= leastRankCorrelation, `seed ${seed}: rank correlation at least ${leastRankCorrelation}`, String(rankCorrelation));
}
if (!config && preset === 'quick' && seeds.length === 3 && !values['no-record']) {
  record('bottle-quick', { what: 'preset quick on mvtec_ad/bottle; pairs are ours and the official code’s', machine: machine(), means, runs: numbers }, markdown);
}
process.exitCode = list.finish();
