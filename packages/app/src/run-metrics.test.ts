import { createPixelEvaluation, type LabelledMap } from '@blemish/metrics';
import { runMetrics, type ScoredImage } from './run-metrics.js';

const image = (id: string, label: 0 | 1, mean: number, max: number): ScoredImage => ({ id, label, defect: label ? 'chip' : 'good', scores: { mean, max } });
const images = [image('a', 0, 1, 1), image('b', 0, 2, 9), image('c', 1, 3, 5), image('d', 1, 4, 7)];
const maps = [
  { map: Float32Array.of(0, 0, 0, 0), mask: Uint8Array.of(0, 0, 0, 0), shape: [2, 2] as const },
  { map: Float32Array.of(0, 1, 2, 3), mask: Uint8Array.of(0, 0, 1, 1), shape: [2, 2] as const },
];

function evaluated(from: readonly LabelledMap[]): ReturnType<typeof createPixelEvaluation> {
  const pixels = createPixelEvaluation();
  for (const image of from) pixels.add(image);
  return pixels;
}

it('names the metrics as the field does', () => {
  const { values, missing } = runMetrics(images, evaluated(maps), 'mean');
  expect(missing).toEqual({});
  expect(Object.keys(values)).toEqual([
    ...['image_AUROC', 'image_AP', 'image_F1Max', 'image_AUROC_max'],
    ...['pixel_AUROC', 'pixel_AP', 'pixel_F1Max', 'AUPRO', 'AUPRO_0.05', 'AUPRO_0.01'],
  ]);
  expect(values).toMatchObject({ image_AUROC: 1, image_AP: 1, image_F1Max: 1, image_AUROC_max: 0.5, pixel_AUROC: 1, AUPRO: 1 });
});

it('takes the scores of the model’s own reduction, and reports the other one beside them', () => {
  const { values } = runMetrics(images, evaluated(maps), 'max');
  expect(values).toMatchObject({ image_AUROC: 0.5, image_AUROC_mean: 1 });
  expect(values).not.toHaveProperty('image_AUROC_max');
});

it('compares each kind of defect alone with the good images', () => {
  const both = [...images, { ...image('e', 1, 1.5, 3), defect: 'stain' }];
  expect(runMetrics(both, evaluated(maps), 'mean').byDefect).toEqual({ chip: 1, stain: 0.5 });
  expect(runMetrics(both, evaluated(maps), 'max').byDefect).toEqual({ chip: 0.5, stain: 0.5 });
  expect(runMetrics(both.slice(0, 2), evaluated(maps), 'max').byDefect).toEqual({});
  expect(runMetrics(both.slice(2), evaluated(maps), 'max').byDefect).toEqual({});
});

it('says what is missing and why: one class only', () => {
  const { values, missing } = runMetrics(images.slice(0, 2), evaluated(maps), 'mean');
  expect(values).not.toHaveProperty('image_AUROC');
  expect(values).toHaveProperty('pixel_AUROC');
  expect(missing).toEqual({ image: 'auroc: undefined with one class only: all 2 labels are 0 (good)' });
});

it('says what is missing and why: a score that is not finite', () => {
  const broken = images.map((one) => (one.id === 'd' ? { ...one, scores: { mean: NaN, max: 7 } } : one));
  const { values, missing, byDefect } = runMetrics(broken, evaluated(maps), 'mean');
  expect(missing).toEqual({ image: expect.stringContaining('NaN') as string });
  expect(byDefect).toEqual({});
  expect(values).toHaveProperty('pixel_AUROC');
});

it('says what is missing and why: no masks, or no defect in them', () => {
  expect(runMetrics(images, { missing: 'none of the 2 defective images has a mask' }, 'mean').missing).toEqual({
    pixel: 'none of the 2 defective images has a mask',
  });
  expect(runMetrics(images, evaluated(maps.slice(0, 1)), 'mean').missing['pixel']).toContain('empty');
});
