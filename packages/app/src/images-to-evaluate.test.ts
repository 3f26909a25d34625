import { UsageError } from './errors.js';
import { imagesToEvaluate } from './images-to-evaluate.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const model = `${folder}/run/model.safetensors`;
const images = { good: 'g', defective: 'd', trainList: 'l', holdOut: 0 };
beforeAll(() => writeInto(folder, 'run/config.json', JSON.stringify({ model: { seed: 7 }, images })));

it('takes the run’s own images and seed, so that the same good ones are kept for the test', async () => {
  expect(await imagesToEvaluate(model, {})).toEqual({ images: { good: 'g', defective: 'd' }, seed: 7, origin: `${folder}/run/config.json` });
});

it('lets options change the run’s images', async () => {
  expect((await imagesToEvaluate(model, { masks: 'm', testList: 't' })).images).toEqual({ good: 'g', defective: 'd', masks: 'm', testList: 't' });
});

it('takes other images where the options name some', async () => {
  for (const given of [{ data: 'x', category: 'y' }, { testGood: 'x' }, { defective: 'x', masks: 'm' }]) {
    expect(await imagesToEvaluate(model, given)).toEqual({ images: given, seed: 0, origin: undefined });
  }
});

it('says what to give where there is no run', async () => {
  const alone = imagesToEvaluate(`${folder}/model.safetensors`, {});
  await expect(alone).rejects.toThrow(UsageError);
  await expect(alone).rejects.toThrow('is not in the folder of a run; name images with --data and --category, or --test-good and --defective');
  writeInto(folder, 'other/config.json', '{"model_type": "bert"}');
  await expect(imagesToEvaluate(`${folder}/other/model.safetensors`, { masks: 'm' })).rejects.toThrow(UsageError);
});
