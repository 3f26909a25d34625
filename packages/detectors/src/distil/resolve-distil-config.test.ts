import { resolveDistilConfig, type DistilSettings } from './resolve-distil-config.js';

it.each([17, 33, 65] as const)('has settings for %i', (receptiveField) => {
  const config = resolveDistilConfig({ receptiveField, steps: undefined });
  expect(config).toMatchObject({ receptiveField, batch: 64, learningRate: 1e-3, l2: 1e-5, weights: { knowledge: 1, compactness: 0.01, triplet: 0 }, compactness: 'squared' });
  expect(config.third).toBe(receptiveField === 65 ? 128 : undefined);
  expect(resolveDistilConfig(config)).toEqual(config);
});

it.each<[Partial<DistilSettings>, string]>([
  [{ receptiveField: 18 as 17 }, "distillation 'receptiveField'"],
  [{ third: 256 }, "distillation 'third': expected none with receptive field 33, got 256"],
  [{ minScale: 5, maxScale: 4 }, "distillation 'maxScale': expected at least minScale 5, got 4"],
  [{ weights: { knowledge: 0, compactness: 1 } }, 'compactness alone teaches nothing'],
  [{ batch: 1 }, "distillation 'batch'"],
  [{ backboneSize: 16 }, "distillation 'backboneSize'"],
])('refuses %j', (settings, message) => {
  expect(() => resolveDistilConfig({ receptiveField: 33, ...settings })).toThrow(message);
});
