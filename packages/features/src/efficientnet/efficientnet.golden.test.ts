import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import {
  describeBackends,
  describeShared,
  expectClose,
  fullSuite,
  goldenArray,
  readGolden,
  uniformTensor,
  type GoldenArray,
} from '@blemish-tools/jest';
import type { WeightArray } from '@blemish/weights';
import type { Backbone } from '../backbone.js';
import { channelsFirst, channelsLast } from '../testing/channels.js';
import { createEfficientNet, type EfficientNetTap } from './create-efficientnet.js';

interface GoldenTap {
  readonly shape: readonly [number, number, number, number];
  readonly stats: { readonly mean: number; readonly std: number; readonly min: number; readonly max: number };
  readonly samples?: { readonly flat_index: readonly number[]; readonly value: readonly number[] };
  readonly observed_f32_noise: { readonly max_abs: number };
}

const tapName = (tap: EfficientNetTap): string => (tap === 'stem' ? 'stem' : `block_${tap}`);
const f32 = (shape: readonly number[], data: Float32Array): WeightArray => ({ dtype: 'F32', shape, data });

/** Features as the golden files hold them, `[C,H,W]`, of an image of that layout that is already normalised. */
function run(backbone: Backbone, weights: ReadonlyMap<string, WeightArray>, image: GoldenArray): { shape: number[]; data: Float32Array }[] {
  const [, , height, width] = image.shape as [number, number, number, number];
  const params = backbone.load(weights);
  const input = tf.tensor4d(channelsLast(image.data, [3, height, width]), [1, height, width, 3]);
  const features = backbone.forward(params, input);
  const result = features.map((map) => {
    const [, h, w, c] = map.shape;
    return { shape: [1, c, h, w], data: channelsFirst(map.dataSync(), [h, w, c]) };
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
    for (const foldBatchNorm of [false, true]) {
      for (const nominal of [224, 456]) {
        it.each(['64x64', '52x60'])(`%s, padding nominal ${nominal}, ${foldBatchNorm ? 'folded' : 'plain'}`, (size) => {
          const backbone = createEfficientNet({ variant: 'b0', taps, foldBatchNorm, padding: { nominal }, normalisation: 'none' });
          const features = run(backbone, weights, goldenArray(arrays, `x_${size}`));
          check(features, `imgsize${nominal}_${size}`, foldBatchNorm);
        });
      }
      // From 64x64 every pad of nominal 224 is TF SAME's.
      it(`64x64, padding same, ${foldBatchNorm ? 'folded' : 'plain'}`, () => {
        const backbone = createEfficientNet({ variant: 'b0', taps, foldBatchNorm, normalisation: 'none' });
        check(run(backbone, weights, goldenArray(arrays, 'x_64x64')), 'imgsize224_64x64', foldBatchNorm);
      });
    }

    function check(features: readonly { shape: number[]; data: Float32Array }[], run: string, folded: boolean): void {
      taps.forEach((tap, i) => {
        const golden = about[run]?.[tapName(tap)] as GoldenTap;
        const feature = features[i] as (typeof features)[number];
        expect(feature.shape).toEqual(golden.shape);
        const { min, max } = golden.stats;
        const scale = Math.max(-min, max);
        // Folding rounds each filter once more; the golden README allows such kernels 1e-4 of the largest value.
        const tolerance = folded ? 1e-4 * scale : 20 * golden.observed_f32_noise.max_abs;
        const label = `efficientnet B0 ${run} ${tapName(tap)} ${folded ? 'folded' : 'plain'}`;
        const stored = arrays.get(`act_${run}/${tapName(tap)}`);
        if (stored !== undefined) expectClose(feature.data, stored.data as Float32Array, { tolerance, label, backend });
        expectClose(extremes(feature.data), [min, max], { tolerance, label: `${label} extremes`, backend });
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
    for (const { data } of weights.values()) for (const value of data as Float32Array) sum += Math.abs(value);
    expect(sum).toBeCloseTo(golden.abs_sum_all_tensors, 3);
  });

  describeBackends('stem to block 35', (backend) => {
    const sizes = backend === 'native' || backend === 'gpu' || fullSuite ? [224, 768] : [224];
    for (const foldBatchNorm of backend === 'cpu' && !fullSuite ? [true] : [false, true]) {
      it.each(sizes)(`at %i, padding nominal 456, ${foldBatchNorm ? 'folded' : 'plain'}`, (size) => {
        const expected = golden.runs[size] as GoldenGenerated['runs'][string];
        const { seed, lo, hi } = expected.x;
        const image = { shape: [1, 3, size, size], data: uniformTensor(seed, 3 * size * size, lo, hi) };
        const backbone = createEfficientNet({ variant: 'b5', taps, foldBatchNorm, padding: { nominal: 456 }, normalisation: 'none' });
        const features = run(backbone, weights, image);
        taps.forEach((tap, i) => {
          const { stats, samples, shape } = expected[tapName(tap)] as GoldenTap;
          const { shape: got, data } = features[i] as (typeof features)[number];
          expect(got).toEqual(shape);
          const tolerance = 1e-4 * Math.max(-stats.min, stats.max);
          const label = `efficientnet B5 at ${size} ${tapName(tap)} ${foldBatchNorm ? 'folded' : 'plain'}`;
          expectClose((samples?.flat_index ?? []).map((at) => data[at] as number), samples?.value ?? [], { tolerance, label, backend });
          expectClose([...extremes(data), ...moments(data)], [stats.min, stats.max, stats.mean, stats.std], {
            tolerance,
            label: `${label} statistics`,
            backend,
          });
        });
      }, 900_000);
    }
  });
});

function extremes(values: Float32Array): [number, number] {
  return values.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/** Mean and standard deviation of all values. */
function moments(values: Float32Array): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}
