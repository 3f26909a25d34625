import { join } from 'node:path';
import { writeSyntheticDataset } from '@blemish/datasets';
import { UsageError } from './errors.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';
import { writeParts } from './testing/write-parts.js';
import { trainingImages } from './training-images.js';

const folder = temporaryFolder();
const parts = join(folder, 'drawn/parts');
beforeAll(() => writeSyntheticDataset(join(folder, 'drawn'), { seed: 1, train: 10, testGood: 2, testDefective: 4, size: 96 }));

it('says how many images there are, and what should be known about them', async () => {
  const terminal = recordedTerminal();
  const { train, validation, dataset } = await trainingImages({ good: join(parts, 'train/good'), defective: join(parts, 'test/chip') }, 3, 2, terminal);
  expect([train.length, validation.length, dataset.test.length]).toEqual([6, 2, 3]);
  expect(terminal.remarks().slice(1)).toEqual([
    'images: 6 good to train on, 2 kept out for the threshold, 3 to test on',
    'note: 2 of 10 good images are kept out of training for the test (seed 3)',
    'note: 1 of 1 defective images have no mask: they count for image metrics only',
  ]);
});

it('takes the good images that a data set keeps out of training itself for the threshold, beside those that are asked for', async () => {
  await writeParts(folder, 'cap');
  const terminal = recordedTerminal();
  const images = { data: folder, category: 'cap', modality: 'rgb+depth' } as const;
  const { train, validation } = await trainingImages(images, 3, 0, terminal);
  expect([train.length, validation.map(({ id }) => id)]).toEqual([10, ['000', '001', '002'].map((n) => `validation/good/${n}.png`)]);
  expect(terminal.remarks().at(-1)).toBe('images: 10 good to train on, 3 kept out for the threshold, 4 to test on');
  const more = await trainingImages(images, 3, 2, recordedTerminal());
  expect([more.train.length, more.validation.length]).toEqual([8, 5]);
});

it('refuses to train on nothing, as usage', async () => {
  const emptyList = writeInto(folder, 'empty.txt');
  const images = { data: join(folder, 'drawn'), category: 'parts' };
  for (const [options, validation, message] of [
    [{ ...images, trainList: emptyList }, 0, 'images: expected good images to train on, got none'],
    [{ testGood: join(parts, 'test/good') }, 0, 'images: expected good images to train on, got none'],
    [images, 10, '--hold-out: expected fewer than the 10 good images, got 10'],
  ] as const) {
    const failure = trainingImages(options, 0, validation, recordedTerminal());
    await expect(failure).rejects.toThrow(UsageError);
    await expect(failure).rejects.toThrow(message);
  }
});

it('names a broken image before anything is computed', async () => {
  const path = writeInto(folder, 'broken/a.png', 'text');
  await expect(trainingImages({ good: join(folder, 'broken') }, 0, 0, recordedTerminal())).rejects.toThrow(`${path}: not an image`);
});
