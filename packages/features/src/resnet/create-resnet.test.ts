import * as tf from '@tensorflow/tfjs-core';
import { fileShape, fromFileLayout, sizeOf, type ParamSpecs } from '@blemish/layers';
import { describeBackends, expectClose, maxAbs, naiveResNet, uniformTensor, type NaiveParams } from '@blemish-tools/jest';
import type { Backbone, NamedWeights } from '../backbone.js';
import { imagenet } from '../normalisation.js';
import { seededWeights } from '../seeded-weights.js';
import { createResNet } from './create-resnet.js';
import { resnetArchitecture } from './architecture.js';
import { foldedResNetSpecs, resnetSpecs } from './weight-specs.js';

const [height, width] = [37, 30];

/** Weights as a trained network's could be, in the layout of files: no scale near zero, no two channels alike. */
function fixtureWeights(specs: ParamSpecs): NamedWeights {
  return new Map(
    Object.entries(specs).map(([name, { shape, layout, initial }], i) => {
      const deviation = typeof initial === 'object' && 'deviation' in initial ? initial.deviation : 0;
      const positive = name.endsWith('running_var') || /(bn\d|downsample\.1)\.weight$/.test(name);
      const [low, high] = layout === 'filter' ? [-deviation, deviation] : positive ? [0.5, 1.5] : [-0.3, 0.3];
      return [name, { dtype: 'F32', shape: fileShape(shape, layout), data: uniformTensor(500 + i, sizeOf(shape), low, high) }] as const;
    }),
  );
}

function inMemory(weights: NamedWeights, specs: ParamSpecs): NaiveParams {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, layout }]) => [name, fromFileLayout(weights.get(name)?.data as Float32Array, shape, layout)]),
  );
}

const images = uniformTensor(77, 2 * height * width * 3, 0, 1);
const normalised = Float64Array.from(images, (value, i) => (value - (imagenet.mean[i % 3] as number)) / (imagenet.std[i % 3] as number));
const expected = new Map<string, ReturnType<typeof naiveResNet>['maps']>();

describeBackends('createResNet against plain loops in float64', (backend) => {
  it.each([
    ['resnet18', false],
    ['resnet18', true],
    ['resnet50', false],
  ] as const)('%s to layer2, folded in the file: %p', (variant, folded) => {
    const taps = ['layer1', 'layer2'] as const;
    const architecture = resnetArchitecture(variant, 'layer2');
    const specs = folded ? foldedResNetSpecs(architecture) : resnetSpecs(architecture);
    const weights = fixtureWeights(specs);
    const key = `${variant} ${String(folded)}`;
    const naive = expected.get(key) ?? naiveResNet({ shape: [2, height, width, 3], data: normalised }, inMemory(weights, specs), false).maps;
    expected.set(key, naive);

    const backbone = createResNet({ variant, taps });
    const params = backbone.load(weights);
    const batch = tf.tensor4d(images, [2, height, width, 3]);
    const maps = backbone.forward(params, batch);
    taps.forEach((tap, i) => {
      const [map, want] = [maps[i] as tf.Tensor4D, naive[i] as (typeof naive)[number]];
      expect(map.shape).toEqual(want.shape);
      expect(backbone.spec.taps[i]).toMatchObject({ name: tap, channels: want.shape[3] });
      expectClose(map.dataSync(), want.data, { tolerance: 1e-5 * maxAbs(want.data), label: `features own ${key} ${tap}`, backend });
    });
    tf.dispose([params, batch, maps]);
  });

  it('gives an image the same bits in any batch and with any other taps, and leaves nothing but the taps', () => {
    const all = createResNet({ variant: 'resnet18', taps: ['layer1', 'layer2', 'layer3'] });
    const some = createResNet({ variant: 'resnet18', taps: ['layer1', 'layer3'] });
    const params = all.load(fixtureWeights(resnetSpecs(resnetArchitecture('resnet18', 'layer3'))));
    const batch = tf.tensor4d(images, [2, height, width, 3]);
    const second = tf.slice<tf.Rank.R4, tf.Tensor4D>(batch, [1, 0, 0, 0], [1, -1, -1, -1]);
    const before = tf.memory().numTensors;
    const [both, alone] = [all.forward(params, batch), some.forward(params, second)];
    expect(tf.memory().numTensors).toBe(before + 5);
    for (const [map, one] of [[both[0], alone[0]], [both[2], alone[1]]] as [tf.Tensor4D, tf.Tensor4D][]) {
      const values = one.dataSync();
      expect(Array.from(map.dataSync()).slice(values.length)).toEqual(Array.from(values));
    }
    tf.dispose([params, batch, second, both, alone]);
  });

  it('stays within bounds as a random network, to its last level', () => {
    const backbone = createResNet({ variant: 'resnet18', taps: ['layer1', 'layer4'] });
    const { name, weights } = seededWeights(backbone, 3);
    expect(name).toBe('resnet18-random-seed3');
    const params = backbone.load(weights);
    const batch = tf.tensor4d(images, [2, height, width, 3]);
    const maps = backbone.forward(params, batch);
    for (const map of maps) {
      const power = tf.tidy(() => tf.mean(tf.square(map)).dataSync()[0] as number);
      expect(power).toBeGreaterThan(0.1);
      expect(power).toBeLessThan(200);
    }
    tf.dispose([params, batch, maps]);
  });
});

describe('createResNet', () => {
  const build = (options: object): Backbone => createResNet(options as Parameters<typeof createResNet>[0]);

  it('states its taps and its input', () => {
    const { name, spec } = createResNet({ variant: 'wide_resnet50_2', taps: ['layer2', 'layer3'] });
    expect(name).toBe('wide_resnet50_2');
    expect(spec).toEqual({
      taps: [
        { name: 'layer2', channels: 512, stride: 8 },
        { name: 'layer3', channels: 1024, stride: 16 },
      ],
      inputRange: [0, 1],
      ...imagenet,
    });
  });

  it.each([
    [{ variant: 'resnet19', taps: ['layer1'] }, 'resnet: variant should be one of resnet18, resnet18_half, resnet34, resnet50, wide_resnet50_2, is resnet19'],
    [{ variant: 'resnet18', taps: [] }, 'resnet18: taps should be among layer1, layer2, layer3, layer4, shallow to deep, are []'],
    [{ variant: 'resnet18', taps: ['layer2', 'layer1'] }, 'resnet18: taps should be among layer1, layer2, layer3, layer4, shallow to deep, are [layer2, layer1]'],
    [{ variant: 'resnet18', taps: ['layer1', 'layer1'] }, 'are [layer1, layer1]'],
    [{ variant: 'resnet18', taps: ['layer5'] }, 'are [layer5]'],
  ])('refuses %p', (options, message) => {
    expect(() => build(options)).toThrow(message);
  });
});

describeBackends(
  'createResNet at its door',
  () => {
    it('refuses what is no batch of RGB images', () => {
      const wrong = tf.zeros<tf.Rank.R4>([1, 8, 8, 1]);
      const forward = (): unknown => createResNet({ variant: 'resnet18', taps: ['layer1'] }).forward({}, wrong);
      expect(forward).toThrow('resnet18: images should be float32 [N,H,W,3], are float32 [1,8,8,1]');
      wrong.dispose();
    });
  },
  ['cpu'],
);
