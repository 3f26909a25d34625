import * as tf from '@tensorflow/tfjs-core';
import { fileShape, sizeOf } from '@blemish/layers';
import { describeBackends, expectClose, maxAbs, toNchw, toNhwc, uniformTensor } from '@blemish-tools/jest';
import type { Backbone, NamedWeights } from '../backbone.js';
import { naiveBlock, naiveStem, type NaiveBlock, type NaiveMap } from '../testing/naive-efficientnet.js';
import { createEfficientNet, type EfficientNetOptions } from './create-efficientnet.js';

const taps = ['stem', 0, 1, 2, 3] as const;
const [height, width] = [37, 30];

/** B0's first four blocks; the depthwise filters of 1 and 3 have stride 2. */
const naiveBlocks: readonly NaiveBlock[] = [
  { kernel: 3, stride: 1, expands: false, skip: false },
  { kernel: 3, stride: 2, expands: true, skip: false },
  { kernel: 3, stride: 1, expands: true, skip: true },
  { kernel: 5, stride: 2, expands: true, skip: false },
];

/** Weights as a trained network's could be: no scale near zero, no two channels alike. */
function fixtureWeights({ weightSpecs }: Pick<Backbone, 'weightSpecs'>): NamedWeights {
  return new Map(
    Object.entries(weightSpecs).map(([name, { shape, layout, initial }], i) => {
      const [low, high] =
        typeof initial === 'object' && 'bound' in initial && layout !== 'plain'
          ? [-initial.bound, initial.bound]
          : name.endsWith('running_var') || /_bn\d\.weight$/.test(name)
            ? [0.5, 1.5]
            : [-0.3, 0.3];
      const data = uniformTensor(900 + i, sizeOf(shape), low, high);
      return [name, { dtype: 'F32', shape: fileShape(shape, layout), data }] as const;
    }),
  );
}

function naiveFeatures(image: Float32Array, weights: NamedWeights, pads: readonly ([number, number] | undefined)[]): NaiveMap[] {
  const arrays = weights as Parameters<typeof naiveStem>[1];
  const normalised = toNchw(image, [1, height, width, 3]);
  const [mean, std] = [[0.485, 0.456, 0.406], [0.229, 0.224, 0.225]];
  const data = Float64Array.from(normalised, (value, i) => {
    const channel = Math.floor(i / (height * width));
    return (value - (mean[channel] as number)) / (std[channel] as number);
  });
  const maps = [naiveStem({ channels: 3, height, width, data }, arrays, pads[0])];
  naiveBlocks.forEach((block, i) => {
    const here = pads[i + 1];
    maps.push(naiveBlock(maps.at(-1) as NaiveMap, arrays, i, here === undefined ? block : { ...block, pads: here }));
  });
  return maps;
}

/** The two images of the fixture in one tensor. */
function fixtureImages(): { readonly batch: tf.Tensor4D; readonly each: readonly Float32Array[] } {
  const size = height * width * 3;
  const values = uniformTensor(77, 2 * size, 0, 1);
  return { batch: tf.tensor4d(values, [2, height, width, 3]), each: [values.slice(0, size), values.slice(size)] };
}

describeBackends('createEfficientNet against plain loops in float64', (backend) => {
  const cases: readonly [string, Pick<EfficientNetOptions, 'padding'>, readonly ([number, number] | undefined)[]][] = [
    ['same', {}, []],
    // Stem, then blocks 0 to 3. From side 100: 50 after the stem, 25 after block 1. From 37x30 the stem would have 1, 1 at
    // top and bottom, block 1 also, and block 3 has 1, 2 where it gets 2, 2 here.
    ['nominal 100', { padding: { nominal: 100 } }, [[0, 1], [1, 1], [0, 1], [1, 1], [2, 2]]],
  ];
  it.each(cases)('B0 to block 3, padding %s', (label, padding, pads) => {
    const backbone = createEfficientNet({ variant: 'b0', taps, ...padding });
    const weights = fixtureWeights(backbone);
    const params = backbone.load(weights);
    const images = fixtureImages();
    const features = backbone.forward(params, images.batch);

    expect(features).toHaveLength(taps.length);
    images.each.forEach((image, n) => {
      naiveFeatures(image, weights, pads).forEach((expected, tap) => {
        const feature = features[tap] as tf.Tensor4D;
        const one = tf.tidy(() => tf.slice(feature, [n, 0, 0, 0], [1, -1, -1, -1]).dataSync());
        expect(feature.shape).toEqual([2, expected.height, expected.width, expected.channels]);
        expect(backbone.spec.taps[tap]?.channels).toBe(expected.channels);
        expectClose(one, toNhwc(expected.data, [1, expected.channels, expected.height, expected.width]), {
          tolerance: 1e-5 * maxAbs(expected.data),
          label: `features own B0 ${label} ${String(taps[tap])}`,
          backend,
        });
      });
    });
    tf.dispose([features, params, images.batch]);
  });

  it('gives an image the same bits in any batch and with any other taps', () => {
    const all = createEfficientNet({ variant: 'b0', taps });
    const last = createEfficientNet({ variant: 'b0', taps: [3] });
    const params = all.load(fixtureWeights(all));
    const images = fixtureImages();
    const both = all.forward(params, images.batch);
    const second = tf.tidy(() => last.forward(params, tf.slice(images.batch, [1, 0, 0, 0], [1, -1, -1, -1]))[0] as tf.Tensor4D);
    const alone = second.dataSync();
    expect(Array.from((both.at(-1) as tf.Tensor4D).dataSync()).slice(alone.length)).toEqual(Array.from(alone));
    tf.dispose([params, images.batch, both, second]);
  });

  it('leaves nothing but the taps', () => {
    const backbone = createEfficientNet({ variant: 'b0', taps: [1, 3] });
    const params = backbone.load(fixtureWeights(backbone));
    const images = fixtureImages();
    const before = tf.memory().numTensors;
    const features = backbone.forward(params, images.batch);
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose([features, params, images.batch]);
  });
});

describe('createEfficientNet', () => {
  it('states its taps and its input', () => {
    const { name, spec } = createEfficientNet({ variant: 'b4', taps: ['stem', 5, 29] });
    expect(name).toBe('efficientnet-b4');
    expect(spec.taps).toEqual([
      { name: 'stem', channels: 48, stride: 2 },
      { name: 'blocks.5', channels: 32, stride: 4 },
      { name: 'blocks.29', channels: 272, stride: 32 },
    ]);
    expect(spec).toMatchObject({ inputRange: [0, 1], mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
  });

  it.each([
    [[], "efficientnet-b0: taps should be 'stem' or blocks 0 to 15, shallow to deep, are []"],
    [[16], "efficientnet-b0: taps should be 'stem' or blocks 0 to 15, shallow to deep, are [16]"],
    [[3, 2], "efficientnet-b0: taps should be 'stem' or blocks 0 to 15, shallow to deep, are [3, 2]"],
    [[-1], "efficientnet-b0: taps should be 'stem' or blocks 0 to 15, shallow to deep, are [-1]"],
    [[1.5], "efficientnet-b0: taps should be 'stem' or blocks 0 to 15, shallow to deep, are [1.5]"],
  ])('refuses taps %p', (wrong, message) => {
    expect(() => createEfficientNet({ variant: 'b0', taps: wrong })).toThrow(message);
  });

  it('refuses a nominal size that is none', () => {
    const build = (): unknown => createEfficientNet({ variant: 'b0', taps: [1], padding: { nominal: 0 } });
    expect(build).toThrow("efficientnet-b0: padding.nominal should be an image's side in pixels, is 0");
  });

  it('refuses a variant that there is none of', () => {
    const build = (): unknown => createEfficientNet({ variant: 'b8' as 'b7', taps: [1] });
    expect(build).toThrow('efficientnet: variant should be one of b0, b1, b2, b3, b4, b5, b6, b7, is b8');
  });
});

describeBackends(
  'createEfficientNet at its door',
  () => {
    it('refuses what is no batch of RGB images', () => {
      const backbone = createEfficientNet({ variant: 'b0', taps: ['stem'] });
      const wrong = tf.zeros<tf.Rank.R4>([1, 8, 8, 1]);
      expect(() => backbone.forward({}, wrong)).toThrow('efficientnet-b0: images should be float32 [N,H,W,3], are float32 [1,8,8,1]');
      wrong.dispose();
    });
  },
  ['cpu'],
);
