import { shareArrays } from './share-arrays.js';

it('gives the same data, its arrays in shared memory', () => {
  const whole = Float32Array.of(9, 1.5, -2, 9);
  const data = {
    kind: 'x',
    none: undefined,
    nothing: null,
    list: [Uint8Array.of(1, 2, 3), 'text', 7],
    weights: new Map<string, unknown>([
      ['part of another', { shape: [2], data: whole.subarray(1, 3) }],
      ['large numbers', BigInt64Array.of(-5n)],
      ['empty', new Float64Array(0)],
    ]),
  };
  const shared = shareArrays(data);
  expect(shared).toEqual(data);
  const arrays = [shared.list[0], (shared.weights.get('part of another') as { data: Float32Array }).data, shared.weights.get('large numbers')] as Float32Array[];
  expect(arrays.map(({ buffer }) => [buffer instanceof SharedArrayBuffer, buffer.byteLength])).toEqual([[true, 3], [true, 8], [true, 8]]);
});

it('leaves what it copied alone', () => {
  const data = { values: Float32Array.of(1) };
  shareArrays(data).values[0] = 2;
  expect(data.values[0]).toBe(1);
});
