import { countParams, fileShape, sizeOf, type ParamSpecs } from '@blemish/layers';
import type { NamedWeights } from '../backbone.js';
import { createResNet } from './create-resnet.js';
import { resnetArchitecture } from './architecture.js';
import { isResNetName, resnetNames, type ResNetLevel, type ResNetName } from './variant.js';
import { foldedResNetSpecs, resnetSpecs } from './weight-specs.js';

const whole = (variant: ResNetName, folded = false, last: ResNetLevel = 'layer4'): ParamSpecs =>
  (folded ? foldedResNetSpecs : resnetSpecs)(resnetArchitecture(variant, last));

function file(specs: ParamSpecs, more: Readonly<Record<string, readonly number[]>> = {}, prefix = ''): NamedWeights {
  const entries = [...Object.entries(specs).map(([name, { shape, layout }]) => [name, fileShape(shape, layout)] as const), ...Object.entries(more)];
  return new Map(entries.map(([name, shape]) => [prefix + name, { dtype: 'F32', shape, data: new Float32Array(sizeOf(shape)) }]));
}

const backbone = createResNet({ variant: 'resnet18', taps: ['layer1', 'layer2'] });
const head = { 'fc.weight': [1000, 512], 'fc.bias': [1000] };

describe('the weights of a residual network', () => {
  // torchvision's documentation, less the head: 1000 classes times its channels, and 1000.
  it.each([
    ['resnet18', 11_689_512 - 513_000],
    ['resnet34', 21_797_672 - 513_000],
    ['resnet50', 25_557_032 - 2_049_000],
    ['wide_resnet50_2', 68_883_240 - 2_049_000],
  ] as const)('%s has as many parameters as published', (variant, count) => {
    expect(countParams(whole(variant))).toBe(count);
  });

  it.each([false, true])('are found in a whole file, folded: %p, whatever its prefix', (folded) => {
    const counter = { 'bn1.num_batches_tracked': [] };
    const { weights, leftOver } = backbone.select(file(whole('resnet18', folded), { ...head, ...(folded ? {} : counter) }, 'module.'));
    expect([...weights.keys()]).toEqual(Object.keys(whole('resnet18', folded, 'layer2')));
    expect(leftOver).toContain('module.layer4.1.conv2.weight');
    expect(leftOver).toContain('module.fc.bias');
  });

  it.each(resnetNames.filter((name) => name !== 'resnet18'))('are refused where they are those of %s', (variant) => {
    const select = (folded: boolean, last?: ResNetLevel): unknown => backbone.select(file(whole(variant, folded, last), head), 'some.pth');
    for (const folded of [false, true]) {
      expect(() => select(folded)).toThrow(`some.pth: expected the weights of resnet18 up to layer2, got those of ${variant}`);
      expect(() => select(folded, 'layer2')).toThrow(`got those of ${variant}`);
    }
  });

  it('are refused where some are missing, or unknown ones are there', () => {
    const short = new Map([...file(whole('resnet18'))].filter(([name]) => name !== 'layer2.1.bn2.bias'));
    expect(() => backbone.select(short)).toThrow('1 of 50 are missing, the first "layer2.1.bn2.bias"');
    expect(() => backbone.select(file(whole('resnet18'), { 'gate.weight': [3] }))).toThrow('got 1 unknown names beside them, the first "gate.weight"');
    expect(() => backbone.select(new Map())).toThrow('got no array at all');
  });

  it('start as torchvision draws them: by the fan out', () => {
    const specs = whole('resnet18');
    expect(specs['layer2.0.conv1.weight']?.initial).toEqual({ deviation: Math.sqrt(2 / (128 * 9)) });
    expect(specs['layer2.0.bn2.weight']?.initial).toBe(1);
  });

  it('isResNetName knows its names', () => {
    expect(['resnet18', 'wide_resnet50_2', 'resnet101', 'toString'].map(isResNetName)).toEqual([true, true, false, false]);
  });
});
