import { createHash } from 'node:crypto';
import type { WeightArray } from '@blemish/weights';
import { hashWeights } from './hash-weights.js';

const array = (values: readonly number[]): WeightArray => ({ dtype: 'F32', shape: [values.length], data: Float32Array.from(values) });

describe('hashWeights', () => {
  it('is the SHA-256 of sorted lines of name, shape and the SHA-256 of the values', async () => {
    const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
    const values = Float32Array.from([1.5, -2, 3, 4, 5, 6]);
    const filter: WeightArray = { dtype: 'F32', shape: [2, 3], data: values };
    const lines = [`%C3%A9 1 ${sha256(new Uint8Array(4))}\n`, `a.b 2x3 ${sha256(new Uint8Array(values.buffer))}\n`];
    expect(await hashWeights(new Map([['a.b', filter], ['é', array([0])]]))).toBe(sha256(lines.join('')));
  });

  it('does not depend on order, on element type, or on where in a buffer the values lie', async () => {
    const expected = await hashWeights(new Map([['a', array([1, 2])], ['b', array([3])]]));
    const wide: WeightArray = { dtype: 'F64', shape: [2], data: Float64Array.from([1, 2]) };
    const inside: WeightArray = { dtype: 'F32', shape: [1], data: Float32Array.from([9, 3, 9]).subarray(1, 2) };
    expect(await hashWeights(new Map([['b', inside], ['a', wide]]))).toBe(expected);
  });

  it('changes with a value, a shape or a name', async () => {
    const hashes = await Promise.all([
      hashWeights(new Map([['a', array([1, 2])]])),
      hashWeights(new Map([['a', array([1, 3])]])),
      hashWeights(new Map([['c', array([1, 2])]])),
      hashWeights(new Map([['a', { ...array([1, 2]), shape: [2, 1] }]])),
    ]);
    expect(new Set(hashes).size).toBe(4);
  });
});
