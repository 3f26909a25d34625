import { createResNet, resnetLevels, seededWeights } from '@blemish/features';
import { checkDistilBackbone, distilBackbone } from './distil-backbone.js';
import { UsageError } from './errors.js';

it.each([['layer1'], ['layer3']] as const)('is tapped at the last level that the file has: %s', (level) => {
  const { weights } = seededWeights(createResNet({ variant: 'resnet18', taps: [level] }), 0);
  const backbone = distilBackbone('resnet18', weights);
  expect(backbone.spec.taps.map(({ name }) => name)).toEqual([level]);
  expect(backbone.select(weights, 'file').leftOver).toEqual([]);
});

it('names what is missing from a file of something else', () => {
  const backbone = distilBackbone('resnet18', new Map());
  expect(backbone.spec.taps.map(({ name }) => name)).toEqual([resnetLevels.at(-1)]);
  expect(() => backbone.select(new Map(), 'other.safetensors')).toThrow(/^other\.safetensors: [^\n]+$/);
});

it('refuses a name that it does not know', () => {
  expect(() => checkDistilBackbone('efficientnet-b4')).toThrow(UsageError);
  expect(() => checkDistilBackbone('efficientnet-b4')).toThrow('--backbone: expected one of resnet18, ');
});
