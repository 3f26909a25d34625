import { metricsRecord } from './metrics-record.js';

it('names what is there, and nothing else', () => {
  expect(metricsRecord({ values: { image_AUROC: 1 }, byDefect: { dent: 1 }, missing: {} })).toEqual({ image_AUROC: 1, image_AUROC_by_defect: { dent: 1 } });
  expect(metricsRecord({ values: {}, byDefect: {}, missing: { image: 'why' } })).toEqual({ missing: { image: 'why' } });
});
