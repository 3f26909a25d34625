import { createEfficientNet } from './efficientnet/create-efficientnet.js';
import { scalings, type EfficientNetVariant } from './efficientnet/scaling.js';
import { findPublicWeights, publicWeights } from './public-weights.js';
import { createResNet } from './resnet/create-resnet.js';
import { resnetNames } from './resnet/variant.js';

describe('publicWeights', () => {
  it.each(publicWeights)('$network: address, file name and hash belong together', ({ url, fileName, sha256Prefix }) => {
    expect(url.startsWith('https://')).toBe(true);
    expect(url.endsWith(`/${fileName}`)).toBe(true);
    expect(fileName.endsWith(`-${sha256Prefix}.pth`)).toBe(true);
    expect(sha256Prefix).toMatch(/^[0-9a-f]{8}$/);
  });

  it('has each network once, among them every EfficientNet and ResNet under the name of its backbone', () => {
    expect(new Set(publicWeights.map(({ network }) => network)).size).toBe(publicWeights.length);
    for (const variant of Object.keys(scalings) as EfficientNetVariant[]) {
      expect(findPublicWeights(createEfficientNet({ variant, taps: ['stem'] }).name)).toBeDefined();
    }
    expect(findPublicWeights('resnet18_half')).toBeUndefined(); // nobody publishes it: distil-pyramid makes it
    for (const variant of resnetNames.filter((name) => name !== 'resnet18_half')) expect(findPublicWeights(createResNet({ variant, taps: ['layer1'] }).name)).toBeDefined();
    expect(findPublicWeights('lenet')).toBeUndefined();
  });
});
