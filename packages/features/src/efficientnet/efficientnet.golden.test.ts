import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  fullSuite,
  goldenArray,
  readGolden,
  toNchw,
  toNhwc,
  uniformTensor,
  type GoldenArray,
} from '@blemish-tools/jest';
import type { WeightArray } from '@blemish/weights';
import type { Backbone } from '../backbone.js';
import { createEfficientNet, type EfficientNetTap } from './create-efficientnet.js';

interface GoldenTap {
  readonly shape: readonly [number, number, number, number];
  readonly stats: { readonly mean: number; readonly std: number; readonly min: number; readonly max: number };
  readonly samples?: { readonly flat_index: readonly number[]; readonly value: readonly number[] };
  readonly observed_f32_noise: { readonly max_abs: number };
}

const tapName = (tap: EfficientNetTap): string => (tap === 'stem' ? 'stem' : `block_${tap}`);
const f32 = (shape: readonly number[], data: Float32Array): WeightArray => ({ dtype: 'F32', shape, data });

/** A feature map as TensorFlow.js holds it: `[h,w,c]` values. */
interface Feature {
  readonly shape: readonly [h: number, w: number, c: number];
  readonly data: Float32Array;
}

/** Features of a `[1,3,H,W]` image that is already normalised. */
function run(backbone: Backbone, weights: ReadonlyMap<string, WeightArray>, image: GoldenArray): Feature[] {
  const [, , height, width] = image.shape as [number, number, number, number];
  const params = backbone.load(weights);
  const input = tf.tensor4d(toNhwc(image.data, image.shape), [1, height, width, 3]);
  const features = backbone.forward(params, input);
  const result = features.map((map): Feature => {
    const [, h, w, c] = map.shape;
    return { shape: [h, w, c], data: map.dataSync<'float32'>() };
  });
  tf.dispose([params, input, features]);
  return result;
}

describeShared('EfficientNet-B0 against efficientnet_pytorch', 'golden/efficientnet/b0_blocks0-5.safetensors', (path) => {
  const arrays = readGolden(path);
  const about = JSON.parse(readFileSync(path.replace('.safetensors', '.json'), 'utf8')) as Record<string, Record<string, GoldenTap>>;
  const weights = new Map(
    [...arrays].filter(([name]) => name.startsWith('param/')).map(([name, { shape, data }]) => [name.slice(6), f32(shape, data as Float32Array)]),
  );
  const taps = ['stem', 0, 1, 2, 3, 4, 5] as const;

  describeBackends('stem and blocks 0 to 5', (backend) => {
    for (const nominal of [224, 456]) {
      it.each(['64x64', '52x60'])(`%s, padding nominal ${nominal}`, (size) => {
        const backbone = createEfficientNet({ variant: 'b0', taps, padding: { nominal }, normalisation: 'none' });
        check(run(backbone, weights, goldenArray(arrays, `x_${size}`)), `imgsize${nominal}_${size}`);
      });
    }
    // From 64x64 every pad of nominal 224 is TF SAME's.
    it('64x64, padding same', () => {
      const backbone = createEfficientNet({ variant: 'b0', taps, normalisation: 'none' });
      check(run(backbone, weights, goldenArray(arrays, 'x_64x64')), 'imgsize224_64x64');
    });

    /** Folding is held to the unfolded form's bound: 20 times the noise of the official code in float32. */
    function check(features: readonly Feature[], run: string): void {
      taps.forEach((tap, i) => {
        const { shape, stats, observed_f32_noise: noise } = about[run]?.[tapName(tap)] as GoldenTap;
        const { shape: got, data } = features[i] as Feature;
        expect([got[2], got[0], got[1]]).toEqual(shape.slice(1));
        const tolerance = 20 * noise.max_abs;
        const label = `efficientnet B0 ${run} ${tapName(tap)}`;
        const stored = arrays.get(`act_${run}/${tapName(tap)}`);
        if (stored !== undefined) expectClose(toNchw(data, [1, ...got]), stored.data as Float32Array, { tolerance, label, backend });
        expectClose(statistics(data).slice(0, 2), [stats.min, stats.max], { tolerance, label: `${label} extremes`, backend });
      });
    }
  });
});

interface GoldenGenerated {
  readonly tensors: readonly (readonly [name: string, shape: readonly number[], seed: number, low: number, high: number])[];
  readonly abs_sum_all_tensors: number;
  readonly runs: Readonly<Record<string, Readonly<Record<string, GoldenTap>> & { readonly x: { readonly seed: number; readonly lo: number; readonly hi: number } }>>;
}

describeShared('EfficientNet-B5 against efficientnet_pytorch', 'golden/efficientnet/b5_generated_weights.json', (path) => {
  const golden = JSON.parse(readFileSync(path, 'utf8')) as GoldenGenerated;
  const taps = ['stem', 2, 7, 12, 13, 19, 26, 27, 30, 35] as const;
  const weights = new Map<string, WeightArray>();
  beforeAll(() => {
    for (const [name, shape, seed, low, high] of golden.tensors) {
      weights.set(name, f32(shape, uniformTensor(seed, shape.reduce((a, b) => a * b, 1), low, high)));
    }
  });

  it('reads the weights that were meant', () => {
    let sum = 0;
    for (const { data } of weights.values()) for (let i = 0; i < data.length; i++) sum += Math.abs(data[i] as number);
    expect(sum).toBeCloseTo(golden.abs_sum_all_tensors, 3);
  });

  describeBackends('stem to block 35', (backend) => {
    // Plain JavaScript takes minutes at 768.
    const large = backend !== 'cpu' || fullSuite;
    it.each(large ? [224, 768] : [224])('at %i, padding nominal 456', (size) => {
      const expected = golden.runs[size] as GoldenGenerated['runs'][string];
      const { seed, lo, hi } = expected.x;
      const image = { shape: [1, 3, size, size], data: uniformTensor(seed, 3 * size * size, lo, hi) };
      const backbone = createEfficientNet({ variant: 'b5', taps, padding: { nominal: 456 }, normalisation: 'none' });
      const features = run(backbone, weights, image);
      taps.forEach((tap, i) => {
        const { stats, samples, shape } = expected[tapName(tap)] as Required<GoldenTap>;
        const { shape: got, data } = features[i] as Feature;
        expect([got[2], got[0], got[1]]).toEqual(shape.slice(1));
        // A tenth of what the golden README allows.
        const tolerance = 1e-5 * Math.max(-stats.min, stats.max);
        const label = `efficientnet B5 at ${size} ${tapName(tap)}`;
        const area = got[0] * got[1];
        const sampled = samples.flat_index.map((at) => data[(at % area) * got[2] + Math.floor(at / area)] as number);
        expectClose(sampled, samples.value, { tolerance, label, backend });
        expectClose(statistics(data), [stats.min, stats.max, stats.mean, stats.std], {
          tolerance,
          label: `${label} statistics`,
          backend,
        });
      });
    }, 1_800_000);
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
