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
    const ours = ['resnet18_half', 'resnet18_quarter']; // nobody publishes them: distil-pyramid makes them
    for (const variant of resnetNames) expect(findPublicWeights(createResNet({ variant, taps: ['layer1'] }).name) === undefined).toBe(ours.includes(variant));
    expect(findPublicWeights('lenet')).toBeUndefined();
  });
});
