import type { LabeledFile } from '@blemish/datasets';
import ndarray from 'ndarray';
import { gatherMetrics } from './gather-metrics.js';

const good: LabeledFile = { path: 'g', id: 'g', label: 0, defect: 'good' };
const chip: LabeledFile = { path: 'c', id: 'c', label: 1, defect: 'chip', maskPath: 'm' };
const scored = (...values: number[]): { scores: { mean: number; max: number }; map: ReturnType<typeof map> } => ({ scores: { mean: 0, max: Math.max(...values) }, map: map(values) });
const map = (values: number[]): ndarray.NdArray<Float32Array> => ndarray(Float32Array.from(values), [1, values.length]);

it('leaves an image without a mask out of the pixel metrics alone', () => {
  const gathered = gatherMetrics([good, chip, chip]);
  gathered.add(good, scored(0, 0), Uint8Array.of(0, 0));
  gathered.add(chip, scored(0, 2), Uint8Array.of(0, 1));
  gathered.add(chip, scored(9, 0), undefined);
  expect(gathered.images.map(({ scores }) => scores.max)).toEqual([0, 2, 9]);
  expect(gathered.metrics('max')).toMatchObject({ values: { image_AUROC: 1, pixel_AUROC: 1 }, missing: {}, byDefect: { chip: 1 } });
});

it('says why there are no pixel metrics: a map that cannot be measured, no mask', () => {
  const broken = gatherMetrics([good, chip]);
  broken.add(good, scored(0, NaN), Uint8Array.of(0, 0));
  expect(broken.metrics('max').missing['pixel']).toMatch(/NaN/);
  expect(gatherMetrics([good]).metrics('max').missing['pixel']).toBe('no image is defective');
});
