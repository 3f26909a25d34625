import { describeMetrics } from './describe-metrics.js';

it('shows metrics, what is missing and why, and the size they were taken at', () => {
  expect(describeMetrics({ image_AUROC: 0.98765 }, { pixel: 'no image is defective' }, 256).split('\n')).toEqual([
    'metrics (pixels at 256 x 256):',
    '  image_AUROC          0.9877',
    '  pixel                none: no image is defective',
  ]);
});

it('says so where maps were compared at the ground truth’s size', () => {
  expect(describeMetrics({}, {}, undefined)).toBe('metrics (pixels at the ground truth’s own size):');
});
