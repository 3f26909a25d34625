import { createRandom, fileShape, sizeOf } from '@blemish/layers';
import { readSafetensors, writeSafetensors, type WeightArray } from '@blemish/weights';
import { createDescriptor, type Descriptor } from './create-descriptor.js';
import { readDescriptor } from './read-descriptor.js';
import { writeDescriptor } from './write-descriptor.js';

const random = (descriptor: Descriptor): Map<string, WeightArray> =>
  new Map(Object.entries(descriptor.specs).map(([name, { shape, layout }]) => [
    name,
    { dtype: 'F32', shape: fileShape(shape, layout), data: createRandom(1).derive(name).uniform(-1, 1, sizeOf(shape)) },
  ]));
const same = (a: ArrayBufferView, b: ArrayBufferView): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
const descriptor = createDescriptor({ receptiveField: 65, third: 256 });
const weights = random(descriptor);
const provenance = { backbone: 'resnet18', steps: 2000, lambda: 0.5 };
const bytes = writeDescriptor({ descriptor, weights, provenance });
const { tensors } = readSafetensors(bytes);

describe('a descriptor file', () => {
  it('holds the network, its weights to the bit, and where they came from', () => {
    const read = readDescriptor(bytes);
    expect([read.descriptor.receptiveField, read.descriptor.third]).toEqual([65, 256]);
    expect(read.provenance).toEqual(provenance);
    expect([...read.weights.keys()]).toEqual([...weights.keys()]);
    for (const [name, { shape, data }] of read.weights) {
      expect(shape).toEqual(weights.get(name)?.shape);
      expect(same(data as Float32Array, weights.get(name)?.data as Float32Array)).toBe(true);
    }
    expect(same(writeDescriptor(read), bytes)).toBe(true);
  });

  it('takes half the bytes in half precision, and keeps 10 bits of a weight', () => {
    const half = writeDescriptor({ descriptor, weights, provenance, dtype: 'F16' });
    expect(half.length / bytes.length).toBeCloseTo(0.5, 2);
    for (const [name, { data }] of readDescriptor(half).weights) {
      const exact = weights.get(name)?.data as Float32Array;
      (data as Float32Array).forEach((value, i) => {
        if (!(Math.abs(value - (exact[i] as number)) <= 2 ** -11 * Math.abs(exact[i] as number) + 2 ** -25)) throw new Error(`${name} at ${i}`);
      });
    }
  });

  it.each<[string, Uint8Array, string]>([
    ['weights alone', writeSafetensors(tensors), "d.safetensors: expected a descriptor file, as 'blemish distil' writes, got none: its metadata has no 'blemish' of format blemish-descriptor"],
    ['a detector', writeSafetensors(tensors, { blemish: '{"format":"blemish-ast"}' }), 'd.safetensors: expected a descriptor file'],
    ['facts that are no JSON', writeSafetensors(tensors, { blemish: '{' }), 'd.safetensors: expected a descriptor file'],
    ['a later version', writeSafetensors(tensors, { blemish: '{"format":"blemish-descriptor","version":2}' }), 'd.safetensors: expected version 1 of blemish-descriptor, got 2'],
    ['an unknown size', writeSafetensors(tensors, { blemish: '{"format":"blemish-descriptor","version":1,"receptiveField":9}' }), 'd.safetensors: receptiveField: expected 17, 33 or 65, got 9'],
    [
      'a provenance that is not flat',
      writeSafetensors(tensors, { blemish: '{"format":"blemish-descriptor","version":1,"receptiveField":65,"third":256,"provenance":{"a":[]}}' }),
      'd.safetensors: expected provenance of strings and numbers, got {"a":[]}',
    ],
    [
      'weights of another descriptor',
      writeSafetensors(tensors, { blemish: '{"format":"blemish-descriptor","version":1,"receptiveField":65}' }),
      'd.safetensors: expected the weights of a descriptor of 65 pixels, third 128, "conv3.weight" should have shape [128,128,5,5], has [256,128,5,5]',
    ],
  ])('is not %s', (_, file, text) => {
    expect(() => readDescriptor(file, 'd.safetensors')).toThrow(text);
    expect(() => readDescriptor(file, 'd.safetensors')).toThrow(/^[^\n]+$/);
  });

  it('is not written with weights that are not finite, too large, or not there', () => {
    const changed = (value: number): Map<string, WeightArray> =>
      new Map([...weights, ['conv1.bias', { dtype: 'F32', shape: [128], data: new Float32Array(128).fill(value) }]]);
    expect(() => writeDescriptor({ descriptor, weights: changed(NaN), provenance })).toThrow('"conv1.bias" should hold numbers, holds NaN at 0');
    expect(() => writeDescriptor({ descriptor, weights: changed(1e6), provenance, dtype: 'F16' })).toThrow("writeDescriptor: 'conv1.bias' holds 1000000, too large for half precision");
    expect(() => writeDescriptor({ descriptor, weights: new Map(), provenance })).toThrow('got no array at all');
    expect(() => writeDescriptor({ descriptor, weights, provenance: { loss: NaN } })).toThrow("provenance: expected strings and numbers, got number for 'loss'");
  });
});
