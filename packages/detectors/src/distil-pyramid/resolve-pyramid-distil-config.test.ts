import { resolvePyramidDistilConfig, type PyramidDistilSettings } from './resolve-pyramid-distil-config.js';

it('fills in what is not given', () => {
  const config = resolvePyramidDistilConfig({ view: 64, seed: undefined });
  expect(config).toMatchObject({ student: 'resnet18_half', levels: ['layer1', 'layer2', 'layer3'], view: 64, seed: 0, minScale: 1, maxScale: 2.5 });
  expect(resolvePyramidDistilConfig(config)).toEqual(config);
});

it.each<[PyramidDistilSettings, string]>([
  [{ minScale: 3 }, "distillation 'maxScale': expected at least minScale 3, got 2.5"],
  [{ student: 'vgg' as 'resnet18' }, "distillation 'student'"],
  [{ levels: [] }, "distillation 'levels'"],
  [{ view: 16 }, "distillation 'view'"],
  [{ size: 3 } as object, 'distillation: '],
])('refuses %j in one line', (settings, message) => {
  expect(() => resolvePyramidDistilConfig(settings)).toThrow(message);
  expect(() => resolvePyramidDistilConfig(settings)).toThrow(/^[^\n]+$/);
});
