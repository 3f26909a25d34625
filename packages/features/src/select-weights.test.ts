import { existsSync, readFileSync } from 'node:fs';
import { describeShared } from '@blemish-tools/jest';
import { readWeights, type WeightArray } from '@blemish/weights';
import { createEfficientNet } from './efficientnet/create-efficientnet.js';
import { seededWeights } from './seeded-weights.js';

const backbone = createEfficientNet({ variant: 'b0', taps: [2] });
const deeper = createEfficientNet({ variant: 'b0', taps: [15] });
const good = seededWeights(backbone, 1).weights;
const floats = (shape: readonly number[], fill = 0): WeightArray => ({
  dtype: 'F32',
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(fill),
});
/** `good` with some arrays added or replaced. */
const changed = (...entries: readonly [string, WeightArray][]): ReadonlyMap<string, WeightArray> => new Map([...good, ...entries]);

describe('select', () => {
  it('gives the needed arrays in the order of the specs, whatever order the file has', () => {
    const { weights, leftOver } = backbone.select(new Map([...good].reverse()));
    expect([...weights.keys()]).toEqual(Object.keys(backbone.weightSpecs));
    expect(leftOver).toEqual([]);
  });

  it('lists later blocks, the head and the counters of batches as left over', () => {
    const counter: WeightArray = { dtype: 'I64', shape: [], data: new BigInt64Array(1) };
    const all = new Map([...seededWeights(deeper, 1).weights, ['_fc.weight', floats([7, 1280])], ['_bn0.num_batches_tracked', counter]] as const);
    const { weights, leftOver } = backbone.select(all);
    expect([...weights.keys()]).toEqual(Object.keys(backbone.weightSpecs));
    expect(leftOver).toHaveLength(all.size - weights.size);
    expect(leftOver).toEqual(expect.arrayContaining(['_blocks.15._bn2.weight', '_fc.weight', '_bn0.num_batches_tracked']));
  });

  it('drops a prefix that all names share', () => {
    const { weights } = backbone.select(new Map([...good].map(([name, array]) => [`model.encoder.${name}`, array])));
    expect(weights).toEqual(good);
  });

  it.each<[string, ReadonlyMap<string, WeightArray>, string]>([
    ['an empty file', new Map(), 'such as "_conv_stem.weight"; got no array at all'],
    [
      'a ResNet',
      new Map([['conv1.weight', floats([64, 3, 7, 7])]]),
      'such as "_conv_stem.weight"; got 1 arrays, the first "conv1.weight"',
    ],
    ['another variant', seededWeights(createEfficientNet({ variant: 'b4', taps: [9] }), 1).weights, 'got those of efficientnet-b4'],
    [
      'two networks at once',
      new Map([...good].flatMap(([name, array]) => [[`a.${name}`, array] as const, [`b.${name}`, array] as const])),
      'got 2 networks, under "a." and "b."',
    ],
    [
      'a file that ends too early',
      new Map([...good].filter(([name]) => !name.startsWith('_blocks.2.'))),
      '19 of 57 are missing, the first "_blocks.2._expand_conv.weight"',
    ],
    ['another shape', changed(['_bn0.bias', floats([31])]), '"_bn0.bias" should have shape [32], has [31]'],
    [
      'integers',
      changed(['_bn0.bias', { dtype: 'I32', shape: [32], data: new Int32Array(32) }]),
      '"_bn0.bias" should be floating point, is I32',
    ],
    ['NaN', changed(['_bn0.bias', floats([32], NaN)]), '"_bn0.bias" should hold numbers, holds NaN at 0'],
    ['infinity', changed(['_bn0.bias', floats([32], Infinity)]), '"_bn0.bias" should hold numbers, holds Infinity at 0'],
    ['a negative variance', changed(['_bn0.running_var', floats([32], -1)]), '"_bn0.running_var" should hold variances, holds -1 at 0'],
    ['a stranger', changed(['decoder.weight', floats([1])]), 'got 1 unknown names beside them, the first "decoder.weight"'],
  ])('refuses %s in one line', (_, weights, text) => {
    expect(() => backbone.select(weights, 'some.pth')).toThrow(`some.pth: expected the weights of efficientnet-b0 up to block 2, ${text}`);
    expect(() => backbone.load(weights)).toThrow('weights: expected');
  });

  it('keeps a name out of a file on one short line', () => {
    const wild = changed([`x\n${'y'.repeat(200)}`, floats([1])]);
    expect(() => backbone.select(wild)).toThrow(/^[^\n]{1,200}$/);
  });
});

describeShared('select on real files', 'weights', (folder) => {
  const resnet = `${folder}/resnet18-imagenet-layer1-3-bn-folded.safetensors`;
  (existsSync(resnet) ? it : it.skip)('refuses a ResNet-18', () => {
    const { tensors } = readWeights(readFileSync(resnet));
    expect(() => backbone.select(tensors, 'resnet18.safetensors')).toThrow(
      'resnet18.safetensors: expected the weights of efficientnet-b0 up to block 2, such as "_conv_stem.weight"; got 30 arrays, the first "conv1.bias"',
    );
  });
});
