import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeShared, uniformTensor, writeNpy, type NpyParts } from '@blemish-tools/jest';
import fc from 'fast-check';
import { readCloudGrid, sniffCloudFormat } from './cloud-file.js';
import { readNpy } from './read-npy.js';

const small: NpyParts = { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] };

/** The values of an array whose first axis runs fastest, looked up one by one. */
function naiveRowMajor(values: ArrayLike<number>, shape: readonly number[]): number[] {
  return Array.from({ length: values.length }, (_, i) => {
    let [rest, place, stride] = [i, 0, values.length];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] as number;
      stride /= size;
      place += (rest % size) * stride;
      rest = Math.floor(rest / size);
    }
    return values[place] as number;
  });
}

describe('readNpy', () => {
  it('reads every type, order and version', () => {
    const shape = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    const type = fc.constantFrom('f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4');
    fc.assert(
      fc.property(shape, type, fc.constantFrom('<', '>'), fc.boolean(), fc.constantFrom(1, 2, 3), (axes, kind, order, fortran, version) => {
        const values = uniformTensor(axes.length, axes.reduce((a, b) => a * b, 1), 0, 120).map((v) => (kind.startsWith('f') ? v : Math.floor(v)));
        const dtype = (kind.endsWith('1') ? '|' : order) + kind;
        const read = readNpy(writeNpy({ shape: axes, values, dtype, fortran, version: version as 1 | 2 | 3 }), 'a.npy');
        expect(read).toMatchObject({ shape: axes, dtype, whole: !kind.startsWith('f') });
        expect([...read.data]).toEqual(fortran ? naiveRowMajor(values, axes) : [...values]);
      }),
    );
  });

  it('reads bytes that are a part of a larger memory, at any place in it', () => {
    const file = writeNpy(small);
    const memory = new Uint8Array(500);
    memory.set(file, 33);
    expect([...readNpy(memory.subarray(33, 33 + file.length), 'a').data]).toEqual(small.values);
    expect([...readNpy(Buffer.from(memory.buffer, 33, file.length), 'a').data]).toEqual(small.values);
  });

  it('keeps signs, NaN and infinity', () => {
    const values = [-1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const dtype of ['<f4', '>f4', '<f8']) expect([...readNpy(writeNpy({ shape: [4], values, dtype }), 'a').data]).toEqual(values);
    expect([...readNpy(writeNpy({ shape: [2], values: [-3, 4], dtype: '>i2' }), 'a').data]).toEqual([-3, 4]);
  });

  it.each([
    [{ lie: { shape: '(1000000000,)' } }, 'its shape [1000000000] of <f4 needs 4000000000 bytes, 24 follow'],
    [{ lie: { shape: '(99999999, 99999999, 99999999)' } }, 'its shape [99999999,99999999,99999999] of <f4 needs'],
    [{ lie: { shape: '(2, -3)' } }, 'expected a whole number for an axis of its shape, got "-3"'],
    [{ lie: { shape: '(2, 3e9)' } }, 'expected a whole number for an axis of its shape, got "3e9"'],
    [{ lie: { shape: `(${'1,'.repeat(60)})` } }, 'an array of 60 axes'],
    [{ lie: { shape: '2, 3' } }, 'its header names no plain type, order and shape'],
    [{ lie: { dtype: '|O' } }, 'values of type "|O" are not read; float32, float64 and integers are'],
    [{ lie: { dtype: '<c8' } }, 'values of type "<c8" are not read'],
    [{ lie: { dtype: '<toString' } }, 'values of type "<toString" are not read'],
  ])('refuses a header of %j', (lie, message) => {
    expect(() => readNpy(writeNpy({ ...small, ...lie }), 'part.npy')).toThrow(`part.npy: ${message}`);
  });

  it('refuses a file that ends early, wherever, and what is none', () => {
    const file = writeNpy(small);
    for (let length = 0; length < file.length; length++) expect(() => readNpy(file.subarray(0, length), 'cut.npy')).toThrow(/^cut\.npy: [^\n]+$/);
    expect(() => readNpy(Uint8Array.of(80, 75, 3, 4, 1, 2, 3), 'a.npz')).toThrow('a.npz: not an NPY file');
    const future = file.slice();
    future[6] = 4;
    expect(() => readNpy(future, 'a.npy')).toThrow('a.npy: NPY version 4 is not known; 1 to 3 are read');
    const long = writeNpy({ ...small, version: 2 });
    new DataView(long.buffer).setUint32(8, 2 ** 31, true);
    expect(() => readNpy(long, 'a.npy')).toThrow('a.npy: its header is longer than 65536 bytes');
  });

  it('has rows and columns where it is a map or a cloud', () => {
    expect(sniffCloudFormat(writeNpy(small))).toBe('NPY');
    expect(readCloudGrid(writeNpy(small), 'a')).toEqual([2, 3]);
    expect(readCloudGrid(writeNpy({ shape: [1, 2, 3], values: small.values }).subarray(0, 128), 'a')).toEqual([1, 2]);
    for (const shape of [[6], [3, 1, 2], [1, 1, 2, 3]]) {
      expect(() => readCloudGrid(writeNpy({ shape, values: small.values }), 'a.npy')).toThrow(
        `a.npy: expected an array [H,W] of depths or [H,W,3] of points, got [${shape.join(',')}]`,
      );
    }
  });
});

describeShared('readNpy on a file of NumPy', 'golden/preprocess/fixtures', (folder) => {
  it('reads the cloud', () => {
    const bytes = readFileSync(join(folder, 'xyz_13x17.npy'));
    const { data, shape, dtype } = readNpy(bytes, 'xyz');
    expect({ shape, dtype }).toEqual({ shape: [13, 17, 3], dtype: '<f4' });
    const start = 10 + bytes.readUInt16LE(8);
    for (let i = 0; i < data.length; i++) expect(data[i]).toBe(bytes.readFloatLE(start + i * 4));
  });
});
