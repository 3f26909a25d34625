import { compareWithBaselines } from './compare-with-baselines.js';
import type { BaselineMetrics } from './measure-baselines.js';

const measured = (image: number, dent: number): Omit<BaselineMetrics, 'baseline'> => ({
  ...{ reduction: 'max', missing: {} },
  ...{ values: { image_AUROC: image, pixel_AUROC: 0.5 }, byDefect: { dent } },
});
const baselines: BaselineMetrics[] = [
  { baseline: 'nearest pixel', ...measured(0.7, 0.6) },
  { baseline: 'nearest image', ...measured(0.6, 0.9) },
];

it('puts the best baseline of each metric beside the model’s', () => {
  expect(compareWithBaselines(measured(0.8, 0.5), baselines)).toEqual([
    { name: 'image AUROC', value: 0.8, best: { baseline: 'nearest pixel', value: 0.7 } },
    { name: 'pixel AUROC', value: 0.5, best: { baseline: 'nearest pixel', value: 0.5 } },
    { name: 'AU-PRO 0.3', value: undefined, best: undefined },
    { name: 'image AUROC, dent', value: 0.5, best: { baseline: 'nearest image', value: 0.9 } },
  ]);
});
