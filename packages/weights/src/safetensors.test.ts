import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describeShared } from '@blemish-tools/jest';
import { readSafetensors } from './read-safetensors.js';
import type { WeightArray } from './weight-array.js';
import { writeSafetensors } from './write-safetensors.js';

/** A file from its parts, however wrong. */
function file(header: string | Record<string, unknown>, data: ArrayLike<number> = []): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const two = { dtype: 'U8', shape: [2], data_offsets: [0, 2] };

const arrays: [string, WeightArray][] = [
  ['conv1.weight', { dtype: 'F32', shape: [2, 1, 1, 2], data: Float32Array.of(1.5, -0, NaN, Infinity) }],
  ['steps', { dtype: 'I64', shape: [], data: BigInt64Array.of(-(2n ** 62n)) }],
  ['mask', { dtype: 'BOOL', shape: [3], data: Uint8Array.of(0, 1, 1) }],
  ['precise', { dtype: 'F64', shape: [1, 2], data: Float64Array.of(Math.PI, -1e-300) }],
  ['half', { dtype: 'F16', shape: [3], data: Float32Array.of(1, -0.333251953125, 65504) }],
  ['brain', { dtype: 'BF16', shape: [3], data: Float32Array.of(1, -3.140625, 1e30).map(bfloat) }],
  ['none', { dtype: 'I32', shape: [0, 7], data: new Int32Array() }],
  ['bytes', { dtype: 'I8', shape: [3], data: Int8Array.of(-128, 0, 127) }],
  ['shorts', { dtype: 'U16', shape: [1], data: Uint16Array.of(65535) }],
  ['näme "with" \n everything', { dtype: 'U64', shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) }],
];

function bfloat(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  return new Float32Array(Uint32Array.of((bits[0] as number) & 0xffff0000).buffer)[0] as number;
}

describe('safetensors', () => {
  it('gives back what it wrote, names in order, types, shapes, values and metadata', () => {
    const bytes = writeSafetensors(arrays, { config: '{"a":1}', 'ключ': 'значение' });
    const { tensors, metadata } = readSafetensors(bytes);
    expect([...tensors]).toEqual(arrays);
    expect(metadata).toEqual({ config: '{"a":1}', 'ключ': 'значение' });
  });

  it('writes an aligned file: header padded to 8 bytes with spaces, every array a view of the file', () => {
    const bytes = writeSafetensors(arrays);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + length))).toMatch(/^\{.*\} *$/);
    const { tensors } = readSafetensors(bytes);
    for (const [name, { data, dtype }] of tensors) {
      if (dtype !== 'F16' && dtype !== 'BF16') expect([name, data.buffer === bytes.buffer]).toEqual([name, true]);
    }
  });

  it('reads arrays that stand unaligned', () => {
    const bytes = writeSafetensors(arrays);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect([...readSafetensors(shifted).tensors]).toEqual(arrays);
  });

  it('writes the same bytes for the same arrays', () => {
    expect(writeSafetensors(readSafetensors(writeSafetensors(arrays)).tensors)).toEqual(writeSafetensors(arrays));
  });

  it('keeps any float32 array and any names (law)', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.float32Array({ maxLength: 9 })), fc.dictionary(fc.string(), fc.string()), (values, metadata) => {
        delete values['__metadata__'];
        const given = Object.entries(values).map(([name, data]): [string, WeightArray] => [name, { dtype: 'F32', shape: [data.length], data }]);
        const read = readSafetensors(writeSafetensors(given, metadata));
        expect([...read.tensors]).toEqual(given);
        expect({ ...read.metadata }).toEqual({ ...metadata });
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['fewer than 8 bytes', Uint8Array.of(1, 2), /^a\.st: expected a safetensors file, got 2 bytes$/],
    ['a header longer than the file', file('{}').subarray(0, 9), /^a\.st: .*header length 2$/],
    ['a header length of 2^63', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128, 123, 125), /^a\.st: .*header length 9223372036854776000$/],
    ['no JSON', file('{"a":'), /^a\.st: expected a safetensors header in JSON/],
    ['no UTF-8', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff), /in JSON/],
    ['no object', file('[]'), /JSON object$/],
    ['a name that stands twice', file('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\\u0061":{}}'), /got "a" twice$/],
    ['a field that stands twice', file('{"a":{"dtype":"U8","dtype":"I8","shape":[0],"data_offsets":[0,0]}}'), /got "dtype" twice$/],
    ['a tensor without fields', file({ a: 3 }), /tensor "a": expected dtype, shape/],
    ['an unknown type', file({ a: { ...two, dtype: 'F8_E4M3' } }, [1, 2]), /tensor "a": expected one of F64, .*, got dtype "F8_E4M3"$/],
    ['a type out of Object.prototype', file({ a: { ...two, dtype: 'constructor' } }, [1, 2]), /got dtype "constructor"$/],
    ['a negative dimension', file({ a: { ...two, shape: [-2] } }, [1, 2]), /tensor "a": expected a shape of whole numbers/],
    ['a broken dimension', file({ a: { ...two, shape: [0.5, 4] } }, [1, 2]), /whole numbers/],
    ['a shape that overflows', file({ a: { ...two, shape: [2 ** 40, 2 ** 40] } }, [1, 2]), /whole numbers/],
    ['a shape of text', file({ a: { ...two, shape: ['2'] } }, [1, 2]), /whole numbers/],
    ['fewer bytes than the shape needs', file({ a: { ...two, shape: [3] } }, [1, 2]), /expected 3 bytes for U8 \[3\], got 2$/],
    ['falling offsets', file({ a: { ...two, data_offsets: [2, 0] } }, [1, 2]), /rising data_offsets, got 2, 0$/],
    ['three offsets', file({ a: { ...two, data_offsets: [0, 2, 4] } }, [1, 2]), /two data_offsets$/],
    ['data past the end', file({ a: two }, [1]), /ends at byte 2 of a data section of 1/],
    ['a lying size of terabytes', file({ a: { dtype: 'U8', shape: [2 ** 45], data_offsets: [0, 2 ** 45] } }, [1]), /ends at byte/],
    ['overlap', file({ a: two, b: { ...two, data_offsets: [1, 3] } }, [1, 2, 3]), /tensor "b": overlaps another one at byte 1$/],
    ['a gap', file({ a: two, b: { ...two, data_offsets: [3, 5] } }, [1, 2, 3, 4, 5]), /tensor "b": leaves a gap before it at byte 3$/],
    ['bytes left over', file({ a: two }, [1, 2, 3]), /expected 2 bytes of data, got 3$/],
    ['metadata that is not strings', file({ __metadata__: { epoch: 3 } }), /metadata "epoch" to be a string, got number$/],
  ])('rejects %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'a.st')).toThrow(message);
    expect(() => readSafetensors(bytes, 'a.st')).toThrow(/^a\.st: .*$/);
  });

  it.each<[string, [string, WeightArray][], RegExp]>([
    ['a name twice', [arrays[0], arrays[0]] as [string, WeightArray][], /got "conv1.weight" twice/],
    ['the reserved name', [['__metadata__', { dtype: 'U8', shape: [0], data: new Uint8Array() }]], /reserved/],
    ['a shape that does not fit', [['a', { dtype: 'U8', shape: [3], data: new Uint8Array(2) }]], /tensor "a": expected 3 values for \[3\], got 2/],
    ['values of another type', [['a', { dtype: 'F32', shape: [2], data: new Uint8Array(2) }]], /tensor "a": Uint8Array cannot be written as F32/],
  ])('does not write %s', (_, tensors, message) => {
    expect(() => writeSafetensors(tensors)).toThrow(message);
  });

  it('never fails but by its own one-line error, whatever bytes are changed or cut (fuzz)', () => {
    const whole = writeSafetensors(arrays, { config: 'x' });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.option(fc.nat(whole.length)), (changes, cut) => {
        const bytes = whole.slice(0, cut ?? whole.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          readSafetensors(bytes, 'fuzzed');
        } catch (error) {
          expect((error as Error).name).toBe('WeightsError');
          expect((error as Error).message).toMatch(/^fuzzed: [^\n]+$/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function bytesOf({ data }: WeightArray): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

describeShared('golden safetensors', 'golden', (golden) => {
  const files = readdirSync(golden, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.safetensors'));

  it.each(files)('%s reads, and reads the same after writing', (path) => {
    const read = readSafetensors(readFileSync(join(golden, path)), path);
    const again = readSafetensors(writeSafetensors(read.tensors, read.metadata));
    expect(read.tensors.size).toBeGreaterThan(0);
    expect(again.metadata).toEqual(read.metadata);
    for (const [name, { dtype, shape, data }] of read.tensors) {
      const other = again.tensors.get(name);
      expect([name, other?.dtype, other?.shape]).toEqual([name, dtype, shape]);
      expect(Buffer.compare(bytesOf({ dtype, shape, data }), bytesOf(other as WeightArray))).toBe(0);
    }
  });
});
