import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { readPytorch } from './read-pytorch.js';
import type { WeightArray, Weights } from './weight-array.js';
import { checkpoints } from '@blemish-tools/jest';

const { dict, global, join, legacyCheckpoint, pickle, storage, tensor, text, zipCheckpoint } = checkpoints;

function fixture(name: string): Weights {
  return readPytorch(readFileSync(joinPath(__dirname, 'testing', 'fixtures', name)), name);
}

/** Shapes and values as plain lists. */
function plain({ tensors }: Weights): Record<string, unknown> {
  return Object.fromEntries([...tensors].map(([name, { shape, data }]) => [name, [shape, Array.from(data as ArrayLike<number>, Number)]]));
}

const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const elementTypes = [
  ['float64', 'F64', Float64Array],
  ['float32', 'F32', Float32Array],
  ['float16', 'F16', Float32Array],
  ['bfloat16', 'BF16', Float32Array],
  ['int64', 'I64', BigInt64Array],
  ['uint64', 'U64', BigUint64Array],
  ['int32', 'I32', Int32Array],
  ['uint32', 'U32', Uint32Array],
  ['int16', 'I16', Int16Array],
  ['uint16', 'U16', Uint16Array],
  ['int8', 'I8', Int8Array],
  ['uint8', 'U8', Uint8Array],
  ['bool', 'BOOL', Uint8Array],
] as const;

describe.each(['zip', 'legacy'])('checkpoints written by PyTorch, %s container', (container) => {
  it('gives every element type', () => {
    const { tensors } = fixture(`all-types.${container}.pth`);
    for (const [name, dtype, type] of elementTypes) {
      const array = tensors.get(name) as WeightArray;
      expect([name, array.dtype, array.shape, array.data.constructor]).toEqual([name, dtype, [3], type]);
      expect(Array.from(array.data as ArrayLike<number>, Number)).toEqual(name === 'bool' ? [0, 1, 1] : [0, 1, 2]);
    }
    expect(tensors.get('big')?.data).toEqual(BigInt64Array.of(2n ** 62n, -(2n ** 62n)));
    expect(tensors.get('scalar')).toEqual({ dtype: 'F32', shape: [], data: Float32Array.of(7) });
    expect(tensors.get('empty')).toEqual({ dtype: 'F32', shape: [0, 3], data: new Float32Array() });
  });

  it('follows strides, offsets and shared storages', () => {
    expect(plain(fixture(`strided.${container}.pth`))).toEqual({
      base: [[2, 3, 4], range(24)],
      transposed: [[4, 2, 3], range(4).flatMap((k) => range(2).flatMap((i) => range(3).map((j) => 12 * i + 4 * j + k)))],
      sliced: [[2, 2, 2], [4, 6, 8, 10, 16, 18, 20, 22]],
      row: [[4], [20, 21, 22, 23]],
      expanded: [[3, 2], [5, 5, 5, 5, 5, 5]],
      channels_last: [[1, 2, 2, 4], range(16)],
      half: [[3, 2], [0, 3, 1, 4, 2, 5]],
      parameter: [[2, 2], [0, 1, 2, 3]],
    });
  });

  it('flattens nested containers, and keeps text and numbers as metadata', () => {
    const read = fixture(`nested.${container}.pth`);
    expect(plain(read)).toEqual({
      'state_dict.fc.weight': [[2], [0, 1]],
      'state_dict.fc.bias': [[1], [0]],
      'list.0': [[1], [0]],
      'list.1.0': [[2], [0, 1]],
      'list.1.1.deep': [[3], [0, 1, 2]],
      '0': [[4], [0, 1, 2, 3]],
    });
    expect(read.metadata).toEqual({ epoch: '3', rate: '0.5', name: 'näme', done: 'true', huge: String(2n ** 70n), 'size.0': '2', 'size.1': '3' });
  });

  it('reads the state_dict of a module, passing over its version records', () => {
    const read = fixture(`state-dict.${container}.pth`);
    const norm = ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked'].map((name) => `1.${name}`);
    expect([...read.tensors.keys()]).toEqual(['0.weight', '0.bias', ...norm]);
    expect(read.tensors.get('0.weight')).toEqual({ dtype: 'F32', shape: [2, 1, 3, 3], data: Float32Array.from(range(18)) });
    expect(read.tensors.get('1.num_batches_tracked')).toEqual({ dtype: 'I64', shape: [], data: BigInt64Array.of(0n) });
  });
});

describe('checkpoints', () => {
  it('gives views of a zip file whose storages are aligned', () => {
    const bytes = new Uint8Array(readFileSync(joinPath(__dirname, 'testing', 'fixtures', 'state-dict.zip.pth')));
    expect(readPytorch(bytes).tensors.get('0.weight')?.data.buffer).toBe(bytes.buffer);
  });

  it('reads pickle protocol 4 and archives without check sums', () => {
    expect(plain(fixture('protocol-4.zip.pth'))).toEqual(plain(fixture('nested.zip.pth')));
    expect(plain(fixture('no-crc.zip.pth'))).toEqual(plain(fixture('state-dict.zip.pth')));
  });

  it('reads compressed archives, and big-endian ones', () => {
    const a = tensor(storage('FloatStorage', '0', 3), 1, [2], [1]);
    const b = tensor(storage('ShortStorage', '1', 4), 0, [2, 2], [1, 2]);
    const root = pickle(dict({ a, b }));
    const storages = { 0: floats(1, 2, 3), 1: Uint8Array.of(1, 0, 2, 0, 3, 0, 4, 0) };
    const expected = { a: [[2], [2, 3]], b: [[2, 2], [1, 3, 2, 4]] };
    expect(plain(readPytorch(zipCheckpoint(root, storages)))).toEqual(expected);
    expect(plain(readPytorch(zipCheckpoint(root, storages, { level: 6 })))).toEqual(expected);
    const swapped = { 0: floats(3, 2, 1).reverse(), 1: Uint8Array.of(0, 1, 0, 2, 0, 3, 0, 4) };
    expect(plain(readPytorch(zipCheckpoint(root, swapped, { byteorder: 'big' })))).toEqual(expected);
  });

  it('reads legacy storage views, and the OrderedDict and text of Python 2', () => {
    const view = tensor(storage('FloatStorage', 'k', 4, [1, 3]), 1, [2], [1]);
    const python2 = join(global('collections', 'OrderedDict'), '(](](', 'U', [1], 'a', view, 'eetR');
    expect(plain(readPytorch(legacyCheckpoint(pickle(python2), [['k', 4, floats(1, 2, 3, 4)]])))).toEqual({ a: [[2], [3, 4]] });
  });

  it('calls a tensor that is the whole checkpoint "tensor"', () => {
    const root = pickle(tensor(storage('FloatStorage', '0', 1), 0, [], []));
    expect(plain(readPytorch(zipCheckpoint(root, { 0: floats(9) })))).toEqual({ tensor: [[], [9]] });
  });

  it('keeps a key named __proto__ as data', () => {
    const { metadata } = readPytorch(zipCheckpoint(pickle(dict({ __proto__x: text('no'), ['__proto__']: text('yes') }))));
    expect(Object.entries(metadata)).toEqual([['__proto__x', 'no'], ['__proto__', 'yes']]);
  });
});
