import { readSafetensors, writeSafetensors, type WeightArray } from '@blemish/weights';
import { createResNet } from '../resnet/create-resnet.js';
import { seededWeights } from '../seeded-weights.js';
import { readBackbone } from './read-backbone.js';
import { writeBackbone } from './write-backbone.js';

const network = createResNet({ variant: 'resnet18_half', taps: ['layer1'] });
const { weights } = seededWeights(network, 1);
const provenance = { images: 12, backbone: 'resnet18' };
const bytes = writeBackbone({ name: network.name, weights, provenance });
const { tensors } = readSafetensors(bytes);
const file = (facts: object): Uint8Array => writeSafetensors(tensors, { blemish: JSON.stringify(facts) });
const header = { format: 'blemish-backbone', version: 1, name: 'resnet18_half' };

it('holds which network it is, its weights to the bit, and where they came from', () => {
  const read = readBackbone(bytes);
  expect([read.name, read.provenance]).toEqual(['resnet18_half', provenance]);
  expect([...read.weights.keys()]).toEqual([...weights.keys()]);
  expect(network.select(read.weights).leftOver).toEqual([]);
  for (const [name, { data }] of read.weights) expect([...(data as Float32Array)]).toEqual([...(weights.get(name)?.data as Float32Array)]);
  expect(Buffer.compare(writeBackbone(read), bytes)).toBe(0);
});

it('takes half the bytes in half precision', () => {
  const half = writeBackbone({ name: network.name, weights, provenance, dtype: 'F16' });
  expect(half.length / bytes.length).toBeCloseTo(0.5, 1);
  expect(network.select(readBackbone(half).weights).leftOver).toEqual([]);
});

it.each<[string, Uint8Array, string]>([
  ['weights alone', writeSafetensors(tensors), "b: expected a backbone file, as 'blemish distil-pyramid' writes, got none: its metadata has no 'blemish' of format blemish-backbone"],
  ['a descriptor', file({ ...header, format: 'blemish-descriptor' }), 'b: expected a backbone file'],
  ['a later version', file({ ...header, version: 2 }), 'b: expected version 1 of blemish-backbone, got 2'],
  ['a nameless one', file({ ...header, name: undefined }), 'b: expected the name of a network, got none'],
  ['one of a number', file({ ...header, name: 18 }), 'b: expected the name of a network, got 18'],
  ['one with a provenance that is not flat', file({ ...header, provenance: { a: [] } }), 'b: expected provenance of strings and numbers, got {"a":[]}'],
  ['an empty one', writeSafetensors([], { blemish: JSON.stringify(header) }), "b: expected a backbone's arrays, got none"],
])('is not %s', (_, given, text) => {
  expect(() => readBackbone(given, 'b')).toThrow(text);
  expect(() => readBackbone(given, 'b')).toThrow(/^[^\n]+$/);
});

it('is not written with arrays that are not finite, too large, of whole numbers, or not there', () => {
  const changed = (array: WeightArray): Map<string, WeightArray> => new Map([...weights, ['conv1.weight', array]]);
  const filled = (value: number): Map<string, WeightArray> => changed({ dtype: 'F32', shape: [1], data: Float32Array.of(value) });
  const write = (given: Map<string, WeightArray>, more: object = {}): Uint8Array => writeBackbone({ name: 'resnet18', weights: given, provenance, ...more });
  expect(() => write(filled(NaN))).toThrow("writeBackbone: expected 'conv1.weight' to hold numbers, holds NaN at 0");
  expect(() => write(filled(65520), { dtype: 'F16' })).toThrow("writeBackbone: 'conv1.weight' holds 65520, too large for half precision");
  expect(() => write(changed({ dtype: 'I32', shape: [1], data: Int32Array.of(1) }))).toThrow("writeBackbone: expected 'conv1.weight' to be floating point, is I32");
  expect(() => write(new Map())).toThrow("writeBackbone: expected a backbone's arrays, got none");
  expect(() => write(weights as Map<string, WeightArray>, { name: '' })).toThrow('writeBackbone: expected the name of the network, got none');
  expect(() => write(weights as Map<string, WeightArray>, { provenance: { loss: NaN } })).toThrow("provenance: expected strings and numbers, got number for 'loss'");
});
