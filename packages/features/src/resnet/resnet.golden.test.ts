import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  fullSuite,
  goldenArray,
  maxAbs,
  nchwValues,
  nhwcTensor,
  readGolden,
  seededArray,
  uniformTensor,
  withPrefix,
  type GoldenArray,
  type SeededArray,
} from '@blemish-tools/jest';
import { readWeights, type WeightArray } from '@blemish/weights';
import type { NamedWeights } from '../backbone.js';
import { createResNet } from './create-resnet.js';

const f32 = ({ shape, data }: GoldenArray): WeightArray => ({ dtype: 'F32', shape, data: data as Float32Array });

/** Features of a normalised `[1,3,H,W]` image, in NCHW order. */
function run(weights: NamedWeights, taps: Parameters<typeof createResNet>[0]['taps'], image: GoldenArray): { shape: number[]; values: Float32Array }[] {
  const backbone = createResNet({ variant: 'resnet18', taps, normalisation: 'none' });
  const params = backbone.load(weights);
  const input = nhwcTensor(image);
  const maps = backbone.forward(params, input);
  const result = maps.map((map) => ({ shape: map.shape, values: nchwValues(map) }));
  tf.dispose([params, input, maps]);
  return result;
}

describeShared('ResNet-18 with stored weights against torchvision', 'golden/efficientnet/resnet18_stem_layer1.safetensors', (path) => {
  const arrays = readGolden(path);
  const weights = new Map([...withPrefix(arrays, 'param/')].map(([name, array]) => [name, f32(array)]));
  const about = JSON.parse(readFileSync(path.replace('.safetensors', '.json'), 'utf8')) as { layer1: { observed_f32_noise: { max_abs: number } } };

  describeBackends('to layer1', (backend) => {
    it('64x64', () => {
      const [layer1] = run(weights, ['layer1'], goldenArray(arrays, 'x'));
      const expected = goldenArray(arrays, 'act/layer1');
      // Folding and minimal filtering: 1e-4 is allowed; held to the bound of the plain form, or a tenth of that.
      const tolerance = Math.max(20 * about.layer1.observed_f32_noise.max_abs, 1e-5 * maxAbs(expected.data));
      expectClose(layer1?.values ?? [], expected.data, { tolerance, label: 'resnet18 stored weights layer1', backend });
    });
  });
});

describeShared('ResNet-18 with its ImageNet weights', 'weights/resnet18-imagenet-layer1-3-bn-folded.safetensors', (path) => {
  it('are what the network to layer3 needs, no more and no less', () => {
    const { tensors } = readWeights(readFileSync(path), 'resnet18');
    const { weights, leftOver } = createResNet({ variant: 'resnet18', taps: ['layer1', 'layer2', 'layer3'] }).select(tensors);
    expect([weights.size, leftOver]).toEqual([tensors.size, []]);
    const wrong = (): unknown => createResNet({ variant: 'resnet34', taps: ['layer3'] }).select(tensors, 'r18.safetensors');
    expect(wrong).toThrow('r18.safetensors: expected the weights of resnet34 up to layer3, got those of resnet18');
    const deeper = (): unknown => createResNet({ variant: 'resnet18', taps: ['layer4'] }).select(tensors);
    expect(deeper).toThrow('10 of 40 are missing, the first "layer4.0.conv1.weight"');
  });
});

interface Level {
  readonly shape: readonly [number, number, number, number];
  readonly stats: { readonly mean: number; readonly std: number; readonly min: number; readonly max: number };
  readonly samples: { readonly flat_index: readonly number[]; readonly value: readonly number[] };
}
interface Generated {
  readonly tensors: readonly (readonly [name: string, shape: readonly number[], seed: number, low: number, high: number])[];
  readonly abs_sum_all_tensors: number;
  readonly runs: Readonly<Record<string, { readonly x: SeededArray; readonly layer1: Level; readonly layer2: Level; readonly layer3: Level }>>;
}

describeShared('ResNet-18 with generated weights against torchvision', 'golden/efficientnet/resnet18_generated_weights.json', (path) => {
  const golden = JSON.parse(readFileSync(path, 'utf8')) as Generated;
  const levels = ['layer1', 'layer2', 'layer3'] as const;
  const weights = new Map<string, WeightArray>();
  beforeAll(() => {
    for (const [name, shape, seed, low, high] of golden.tensors) {
      weights.set(name, f32({ shape, data: uniformTensor(seed, shape.reduce((a, b) => a * b, 1), low, high) }));
    }
  });

  it('reads the weights that were meant', () => {
    let sum = 0;
    for (const { data } of weights.values()) for (let i = 0; i < data.length; i++) sum += Math.abs(data[i] as number);
    expect(sum).toBeCloseTo(golden.abs_sum_all_tensors, 3);
  });

  describeBackends('layer1 to layer3', (backend) => {
    const sizes = ['256x256', '64x64', '70x90'];
    it.each(backend === 'cpu' && !fullSuite ? sizes.slice(1) : sizes)('%s', (size) => {
      const expected = golden.runs[size] as Generated['runs'][string];
      run(weights, levels, seededArray(expected.x)).forEach(({ shape: [, h, w, c], values }, i) => {
        const level = levels[i] as (typeof levels)[number];
        const { shape, stats, samples } = expected[level];
        expect([c, h, w]).toEqual(shape.slice(1));
        const tolerance = 1e-5 * Math.max(-stats.min, stats.max);
        const label = `resnet18 ${size} ${level}`;
        const sampled = samples.flat_index.map((at) => values[at] as number);
        expectClose(sampled, samples.value, { tolerance, label, backend });
        expectClose(statistics(values), [stats.min, stats.max, stats.mean, stats.std], { tolerance, label: `${label} statistics`, backend });
      });
    });
  });
});

/** Least and greatest value, mean, standard deviation. */
function statistics(values: Float32Array): number[] {
  let [low, high, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return [low, high, mean, Math.sqrt(squares / values.length - mean * mean)];
}
