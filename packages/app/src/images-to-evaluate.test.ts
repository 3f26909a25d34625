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

it('keeps what the run looked at, and the unit and scale of its depth maps, for other images too', async () => {
  const scanned = `${folder}/scanned/model.safetensors`;
  const depth = { modality: 'depth', goodDepth: 'g', defectiveDepth: 'd', depthUnit: 'mm', depthScale: 0.1 };
  writeInto(folder, 'scanned/config.json', JSON.stringify({ model: { seed: 7, modality: 'rgb' }, images: { ...depth, holdOut: 2 } }));
  expect((await imagesToEvaluate(scanned, {})).images).toEqual(depth);
  expect((await imagesToEvaluate(scanned, { depthScale: 2 })).images).toEqual({ ...depth, depthScale: 2 });
  const others = await imagesToEvaluate(scanned, { testGoodDepth: 'x', depthUnit: 'm' });
  expect(others).toEqual({ images: { modality: 'depth', testGoodDepth: 'x', depthUnit: 'm' }, seed: 0, origin: undefined });
  const kept = await imagesToEvaluate(scanned, { testGoodDepth: 'x' }, { depthUnit: 'mm', depthScale: 0.1 });
  expect(kept.images).toEqual({ modality: 'depth', testGoodDepth: 'x', depthUnit: 'mm', depthScale: 0.1 });
  writeInto(folder, 'preset/config.json', JSON.stringify({ model: { seed: 7, modality: 'rgb+depth' }, images: { data: 'a', category: 'b' } }));
  expect((await imagesToEvaluate(`${folder}/preset/model.safetensors`, {})).images).toEqual({ modality: 'rgb+depth', data: 'a', category: 'b' });
  writeInto(folder, 'broken/config.json', '{');
  expect((await imagesToEvaluate(`${folder}/broken/model.safetensors`, { data: 'x', category: 'y' })).images).toEqual({ data: 'x', category: 'y' });
});

it('says what to give where there is no run', async () => {
  const alone = imagesToEvaluate(`${folder}/model.safetensors`, {});
  await expect(alone).rejects.toThrow(UsageError);
  await expect(alone).rejects.toThrow('is not in the folder of a run; name images with --data and --category, or --test-good and --defective');
  writeInto(folder, 'other/config.json', '{"model_type": "bert"}');
  await expect(imagesToEvaluate(`${folder}/other/model.safetensors`, { masks: 'm' })).rejects.toThrow(UsageError);
});
