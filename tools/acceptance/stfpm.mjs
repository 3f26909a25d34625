// @ts-check
// STFPM: preset quick on MVTec AD's bottle beside PyTorch's numbers with the same settings, one run of preset paper, magnetic
// tile, and ten short runs, none of which may collapse.
import { readFileSync } from 'node:fs';
import { createChecklist } from './lib/checklist.mjs';
import { fixed, markdownTable } from './lib/markdown-table.mjs';
import { sharedPath, toolOptions } from './lib/options.mjs';
import { portable, record } from './lib/record.mjs';
import { isFinished, readRun } from './lib/run-folder.mjs';
import { mean, spearman } from './lib/spearman.mjs';
import { loggedRun, machine, origin, train } from './lib/train-logged.mjs';

const { shared, out, values } = toolOptions({
  usage: `node tools/acceptance/run.mjs stfpm [--compare-only] [--parts bottle,paper,tile,short] [--backend native]`,
  options: {
    'compare-only': { type: 'boolean' },
    parts: { type: 'string', default: 'bottle,paper,tile,short' },
    backend: { type: 'string', default: 'native' },
  },
});

/** Least means over the seeds of bottle. */
const floors = { image_AUROC: 0.995, pixel_AUROC: 0.985, AUPRO: 0.955 };
const shortRuns = 10;
const parts = String(values['parts']).split(',');
const weights = ['--backbone', 'resnet18', '--weights', sharedPath(shared, 'weights/resnet18-imagenet-layer1-3-bn-folded.safetensors')];
const bottle = ['--data', sharedPath(shared, 'data/mvtec_ad'), '--category', 'bottle'];
const tile = ['--data', sharedPath(shared, 'data/magnetic_tile'), '--category', 'tile'];
const reference = JSON.parse(readFileSync(sharedPath(shared, 'reference/stfpm.json'), 'utf8'));

/** @typedef {{name: string, part: string, seed: number, folder: string, log: string, args: string[]}} Run */

/** @param {string} part @param {string} preset @param {number} seed @param {readonly string[]} images @param {readonly string[]} [more] @returns {Run} */
function run(part, preset, seed, images, more = []) {
  const name = `${part === 'short' ? 'short' : preset}-seed${seed}`;
  const [dataset, category] = images === tile ? ['magnetic_tile', 'tile'] : ['mvtec_ad', 'bottle'];
  const { folder, log } = loggedRun(out, String(dataset), String(category), name, 'stfpm');
  const args = ['train', '--model', 'stfpm', '--preset', preset, ...images, ...weights, '--seed', String(seed), '--out', out, '--run', name, '--eval-size', '256', '--backend', String(values['backend']), ...more];
  return { name, part, seed, folder, log, args };
}

const short = new URL('./lib/stfpm-short.yaml', import.meta.url).pathname;
const plan = [
  ...[0, 1, 2].map((seed) => run('bottle', 'quick', seed, bottle)),
  run('paper', 'paper', 0, bottle),
  run('tile', 'quick', 0, tile),
  ...Array.from({ length: shortRuns }, (_, seed) => run('short', 'quick', seed, bottle, ['--config', short])),
].filter(({ part }) => parts.includes(part));
if (!values['compare-only']) for (const { folder, log, args } of plan) await train({ folder, log, evaluation: folder }, args);

const done = plan.filter(({ folder }) => isFinished(folder)).map((own) => ({ ...own, ...readRun(own.folder, own.folder, 'score_max'), origin: origin({ folder: own.folder, log: own.log, evaluation: own.folder }) }));
const of = (/** @type {string} */ part) => done.filter((own) => own.part === part);
const theirs = (/** @type {number} */ seed) => reference.runs.find((/** @type {any} */ one) => one.data === 'mvtec_ad/bottle' && one.seed === seed);
const minutes = (/** @type {Record<string, number>} */ seconds) => fixed(Object.values(seconds).reduce((sum, part) => sum + part, 0) / 60, 1);

const compared = of('bottle').map((own) => {
  const { image_score_max: scores, by_epoch: epochs, loss_by_epoch: losses, seconds } = theirs(own.seed);
  const images = Object.keys(scores);
  return { own, metrics: epochs['40'], losses, seconds: Number(seconds.train), rank: spearman(images.map((image) => Number(own.scores.get(image))), images.map((image) => Number(scores[image]))) };
});
const pairs = /** @type {const} */ ([['image_AUROC', 'image_AUROC_max'], ['image_AUROC_mean', 'image_AUROC_mean'], ['pixel_AUROC', 'pixel_AUROC_256'], ['AUPRO', 'AUPRO_256']]);
const rows = compared.map(({ own, metrics, rank, seconds }) => [
  own.seed,
  ...pairs.map(([ours, other]) => `${fixed(own.metrics[ours], 4)} / ${fixed(metrics[other], 4)}`),
  fixed(rank, 3),
  `${fixed(own.seconds['student'], 0)} / ${fixed(seconds, 0)}`,
]);
const meanRow = ['mean', ...pairs.map(([ours, other]) => `${fixed(mean(compared.map(({ own }) => Number(own.metrics[ours]))), 4)} / ${fixed(mean(compared.map(({ metrics }) => Number(metrics[other]))), 4)}`), '', ''];
const shown = [1, 2, 3, 5, 10, 15, 20, 25, 30, 35, 40];
const columns = ['run', 'image AUROC', 'pixel AUROC at 256', 'AU-PRO at 256', 'loss of the last epoch', 'minutes'];
const others = [...of('paper'), ...of('tile'), ...of('short')].map(({ name, part, metrics, losses, seconds }) => [
  part === 'tile' ? `tile, ${name}` : name,
  fixed(metrics['image_AUROC'], 4),
  fixed(metrics['pixel_AUROC'], 4),
  fixed(metrics['AUPRO'], 4),
  fixed(losses.student.at(-1), 4),
  minutes(seconds),
]);

const markdown = [
  `Ours / PyTorch's. Commit ${done[0]?.origin.commit}; ${machine()}; ResNet-18. PyTorch's seconds were taken on another machine.`,
  markdownTable(['seed', 'image AUROC', 'by the mean of the map', 'pixel AUROC at 256', 'AU-PRO at 256', 'rank correlation', 'seconds of training'], [...rows, meanRow]),
  'Mean loss of an epoch:',
  markdownTable(['epoch', ...compared.map(({ own }) => `seed ${own.seed}`)], shown.map((epoch) => [epoch, ...compared.map(({ own, losses }) => `${fixed(own.losses.student[epoch - 1], 4)} / ${fixed(losses[epoch - 1], 4)}`)])),
  ...(others.length > 0 ? ['Preset `paper`, magnetic tile, and short runs of 5 epochs on bottle:', markdownTable(columns, others)] : []),
  ...of('paper').flatMap(({ name, training }) => (training.notes ?? []).map((note) => `${name}: ${note}.`)),
].join('\n\n');
console.log(markdown);

const list = createChecklist();
if (compared.length > 0) {
  for (const [name, floor] of Object.entries(floors)) {
    const value = mean(compared.map(({ own }) => Number(own.metrics[name])));
    list.check(value >= floor, `bottle, ${name}, mean over ${compared.length} seeds, at least ${floor}`, fixed(value, 4));
  }
}
for (const part of parts) {
  const [wanted, there] = [plan.filter((own) => own.part === part).length, of(part).length];
  list.check(there === wanted, `${part}: ${wanted} runs, none collapsed`, `${there} finished`);
}
if (parts.length === 4 && done.length === plan.length) {
  const numbers = done.map(({ name, part, seed, metrics, losses, seconds, training, origin: { command, ...rest } }) => ({ name, part, seed, metrics, losses: losses.student, seconds, notes: training.notes, ...rest, command: portable(command, { shared, out }) }));
  record('stfpm', { what: 'STFPM with ResNet-18', machine: machine(), runs: numbers }, markdown);
}
process.exitCode = list.finish();
