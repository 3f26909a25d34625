import type { WeightArray } from '@blemish/weights';
import { uniformTensor } from '@blemish-tools/jest';
import { foldBatchNorm } from './fold-batch-norm.js';

const array = (seed: number, shape: readonly number[], low: number, high: number): WeightArray => ({
  dtype: 'F32',
  shape,
  data: uniformTensor(seed, shape.reduce((a, b) => a * b, 1), low, high),
});

describe('foldBatchNorm', () => {
  it('gives one filter and bias that do what filter, then normalisation did', () => {
    const weights = new Map<string, WeightArray>([
      ['conv.weight', array(1, [3, 2, 2, 2], -1, 1)],
      ['bn.weight', array(2, [3], 0.5, 2)],
      ['bn.bias', array(3, [3], -1, 1)],
      ['bn.running_mean', array(4, [3], -1, 1)],
      ['bn.running_var', array(5, [3], 0, 2)],
    ]);
    const { weight, bias } = foldBatchNorm(weights, 'conv', 'bn', 1e-3);
    expect(weight.shape).toEqual([3, 2, 2, 2]);
    expect(bias.shape).toEqual([3]);

    const patch = uniformTensor(6, 8, -2, 2); // what a filter sees at one place
    const dot = (filters: ArrayLike<number>, c: number): number => patch.reduce((sum, x, i) => sum + x * (filters[c * 8 + i] as number), 0);
    const value = (name: string, c: number): number => (weights.get(name) as WeightArray).data[c] as number;
    for (let c = 0; c < 3; c++) {
      const normalised = (dot(weights.get('conv.weight')?.data as Float32Array, c) - value('bn.running_mean', c)) / Math.sqrt(value('bn.running_var', c) + 1e-3);
      expect(dot(weight.data, c) + (bias.data[c] as number)).toBeCloseTo(normalised * value('bn.weight', c) + value('bn.bias', c), 5);
    }
  });
});
