// @ts-check
// What a user waits for: the commands `train` and `predict`, from image files to results in files, beside scripts that do the
// same with PyTorch, Pillow and NumPy.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparePredictions, compareTrainings } from '../lib/whole-results.mjs';
import { hasTrainedWeights } from '../lib/backbone-weights.mjs';
import { blemish, imagesToPredict, images, ourRun, ourTraining, peerRun, peerTraining, place, prepareInputs, python, runNow, without } from '../lib/whole.mjs';

/** @typedef {import('../lib/case.mjs').Case} Case @typedef {import('../lib/case.mjs').Context} Context */

const common = { group: 'whole', against: 'PyTorch, Pillow, NumPy', once: true, must: 1.2, goal: 2 };
const [ourFeatures, peerFeatures] = [() => place('cache', 'features'), () => place('peer-features')];
const model = () => join(ourRun('cold'), 'model.safetensors');

/** @type {readonly Case[]} */
export const cases = [
  {
    ...common,
    name: 'whole train',
    what: 'train, preset quick, 2 + 2 epochs, 209 images of 768 px, 83 to test on; features computed',
    setup: prepareInputs,
    ours: (context) => without(ourTraining('cold')(context), ourFeatures()),
    peer: (context) => without(peerTraining('cold')(context), peerFeatures()),
    check: () => compareTrainings(ourRun('cold'), peerRun('cold'), hasTrainedWeights()),
  },
  {
    ...common,
    name: 'whole train cached',
    what: 'the same; features kept by an earlier run',
    async setup(context) {
      await prepareInputs(context);
      if (!existsSync(ourFeatures())) runNow(ourTraining('cold')(context));
      if (!existsSync(peerFeatures())) runNow(peerTraining('cold')(context));
    },
    ours: ourTraining('cached'),
    peer: peerTraining('cached'),
    check: () => compareTrainings(ourRun('cached'), peerRun('cached'), hasTrainedWeights()),
  },
  {
    ...common,
    name: 'whole predict',
    what: 'predict, 100 images of 768 px: scores, float maps, pictures; the same model file on both sides',
    async setup(context) {
      await prepareInputs(context);
      if (!existsSync(model())) trainShortly(context);
    },
    ours: (context) => blemish(context, ['predict', ourRun('cold'), ...imagesToPredict(), '--out', place('ours-predicted'), '--force']),
    peer: (context) =>
      python(context, 'whole_predict.py', ['--model', model(), '--colours', place('colours.safetensors'), '--out', place('peer-predicted'), ...imagesToPredict()]),
    check: () => comparePredictions(place('ours-predicted'), place('peer-predicted')),
  },
];

/** A model to predict with, where no case before this one trained one: few images, and none to test on. @param {Context} context */
function trainShortly(context) {
  const { root, category } = images();
  const prefix = join(root, category, '/');
  const ids = imagesToPredict().map((file) => file.slice(prefix.length)).filter((id) => id.startsWith('train/'));
  writeFileSync(place('train.txt'), ids.slice(0, 16).join('\n'));
  writeFileSync(place('test.txt'), '');
  runNow(ourTraining('cold', ['--train-list', place('train.txt'), '--test-list', place('test.txt')])(context));
}
