import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeShared } from '@blemish-tools/jest';
import { readPytorch } from './read-pytorch.js';
import { readSafetensors } from './read-safetensors.js';
import { dict, legacyCheckpoint, pickle, storage, tensor, zipCheckpoint } from './testing/checkpoint-writer.js';
import type { WeightArray } from './weight-array.js';

/**
 * Where tools/acceptance/make-official-checkpoints.py has put the golden parameters as PyTorch writes them. PyTorch is not
 * on every machine: without the folder our own writer of checkpoints stands in for it.
 */
const folder = process.env['BLEMISH_OFFICIAL_CHECKPOINTS'];
const writer = folder === undefined ? 'our own writer' : 'PyTorch';

const models = {
  teacher: ['flow/small_24_cond.safetensors', 'param/'],
  student: ['student/small.safetensors', 'param/', 'buffer_before/'],
} as const;

describeShared(`state_dicts of the golden parameters, written by ${writer}`, 'golden', (golden) => {
  describe.each(['zip', 'legacy'] as const)('%s container', (container) => {
    it.each(Object.keys(models) as (keyof typeof models)[])('%s gives the golden arrays, bit for bit', (model) => {
      const expected = goldenState(golden, model);
      const name = `${model}.${container}.pth`;
      const bytes = folder === undefined ? writeCheckpoint(expected, container) : readFileSync(join(folder, name));
      const read = readPytorch(bytes, name);
      expect(expected.size).toBeGreaterThan(10);
      expect([...read.tensors.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [key, { dtype, shape, data }] of expected) {
        const array = read.tensors.get(key) as WeightArray;
        expect([key, array.dtype, array.shape]).toEqual([key, dtype, shape]);
        expect(Buffer.compare(bytesOf(array.data), bytesOf(data))).toBe(0);
      }
    });
  });
});

/** The golden arrays of a model, under the names of its state_dict. */
function goldenState(golden: string, model: keyof typeof models): ReadonlyMap<string, WeightArray> {
  const [path, ...prefixes] = models[model];
  const state = new Map<string, WeightArray>();
  for (const [name, array] of readSafetensors(readFileSync(join(golden, path)), path).tensors) {
    const prefix = prefixes.find((start) => name.startsWith(start));
    if (prefix !== undefined) state.set(name.slice(prefix.length), array);
  }
  return state;
}

function writeCheckpoint(state: ReadonlyMap<string, WeightArray>, container: 'zip' | 'legacy'): Uint8Array {
  const types: Readonly<Record<string, string>> = { F32: 'FloatStorage', I64: 'LongStorage', I32: 'IntStorage' };
  const pickled = [...state].map(([name, { dtype, shape, data }], key) => {
    const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    return [name, tensor(storage(types[dtype] as string, String(key), data.length), 0, shape, stride)] as const;
  });
  const root = pickle(dict(Object.fromEntries(pickled)));
  const storages = [...state.values()].map(({ data }, key) => [String(key), data.length, bytesOf(data)] as const);
  if (container === 'legacy') return legacyCheckpoint(root, storages);
  return zipCheckpoint(root, Object.fromEntries(storages.map(([key, , bytes]) => [key, bytes])));
}

function bytesOf({ buffer, byteOffset, byteLength }: WeightArray['data']): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
