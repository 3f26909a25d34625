import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabeledFile } from '@blemish/datasets';
import type { Detector, SampleSource } from '@blemish/detectors';
import { encodePng, readFloatTiff } from '@blemish/images';
import ndarray from 'ndarray';
import { evaluate, type EvaluationPlan } from './evaluate-model.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const maskPath = join(folder, 'mask.png');
const good: LabeledFile = { path: 'g', id: 'test/good/0.png', label: 0, defect: 'good' };
const chip: LabeledFile = { path: 'c', id: 'test/chip/0.tar.png', label: 1, defect: 'chip', maskPath };
const unmasked: LabeledFile = { path: 'c', id: 'test/chip/1.png', label: 1, defect: 'chip' };

// Maps of 2 x 3, 0 in good images; a defective one is hot where the mask is.
const maps: Readonly<Record<string, readonly number[]>> = { g: [0, 0, 0, 0, 0, 0], c: [0, 0, 5, 0, 0, 4] };
beforeAll(async () => writeFileSync(maskPath, await encodePng(ndarray(Uint8Array.of(0, 0, 255, 0, 0, 255), [2, 3]))));

function plan(files: readonly LabeledFile[], more: Partial<EvaluationPlan> = {}): EvaluationPlan & { written: Map<string, Uint8Array | string> } {
  const written = new Map<string, Uint8Array | string>();
  const detector = {
    reduction: 'max',
    async *scoreSource() {
      for (const { path, id } of files) {
        const values = maps[path] as number[];
        const scores = { mean: values.reduce((sum, value) => sum + value) / 6, max: Math.max(...values) };
        yield await Promise.resolve({ id, scores, score: scores.max, map: ndarray(Float32Array.from(values), [2, 3]) });
      }
    },
  } as unknown as Detector;
  return {
    ...{ detector, source: {} as SampleSource, files, mapCategory: 'parts', terminal: recordedTerminal(), written },
    write: (name, data) => Promise.resolve(void written.set(name, data)),
    ...more,
  };
}

it('writes scores and maps, and computes the metrics', async () => {
  const asked = plan([good, chip]);
  const { values, missing, images } = await evaluate(asked);
  expect([missing, images]).toEqual([{}, { good: 1, defective: 1, masked: 1 }]);
  expect(values).toMatchObject({ image_AUROC: 1, image_AUROC_mean: 1, pixel_AUROC: 1, AUPRO: 1 });
  expect([...asked.written.keys()]).toEqual(['maps/parts/test/good/0.tiff', 'maps/parts/test/chip/0.tar.tiff', 'scores.csv']);
  expect(asked.written.get('scores.csv')).toBe(
    'image,defect,label,score,score_mean,score_max\ntest/good/0.png,good,0,0,0,0\ntest/chip/0.tar.png,chip,1,5,1.5,5\n',
  );
  const map = asked.written.get('maps/parts/test/chip/0.tar.tiff') as Uint8Array;
  expect(await readFloatTiff(map, 'map')).toEqual({ data: Float32Array.from(maps['c'] as number[]), shape: [2, 3] });
});

it('leaves images without a mask out of the pixel metrics, and says how many have one', async () => {
  const { values, images } = await evaluate(plan([good, chip, unmasked]));
  expect(images).toEqual({ good: 1, defective: 2, masked: 1 });
  expect(values).toEqual({ ...(await evaluate(plan([good, chip]))).values });
});

it('says why there are no pixel metrics', async () => {
  expect((await evaluate(plan([good, unmasked]))).missing).toEqual({ pixel: 'none of the 1 defective images has a mask' });
  expect((await evaluate(plan([good]))).missing).toEqual({
    image: 'auroc: undefined with one class only: all 1 labels are 0 (good)',
    pixel: 'no image is defective',
  });
});

it('writes no maps where none are wanted', async () => {
  const asked = plan([good, chip], { mapCategory: undefined });
  await evaluate(asked);
  expect([...asked.written.keys()]).toEqual(['scores.csv']);
});
