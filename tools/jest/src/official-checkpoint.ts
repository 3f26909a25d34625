import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dict, legacyCheckpoint, pickle, storage, tensor, zipCheckpoint } from './checkpoint-writer.js';
import { readGolden, type GoldenArray } from './read-golden.js';

/** Networks whose golden parameters are known. */
export type OfficialModel = 'teacher' | 'student';

/** The two containers of `torch.save`. */
export type CheckpointContainer = 'zip' | 'legacy';

const models: Readonly<Record<OfficialModel, { readonly file: string; readonly prefixes: readonly string[] }>> = {
  teacher: { file: 'flow/small_24_cond.safetensors', prefixes: ['param/'] },
  student: { file: 'student/small.safetensors', prefixes: ['param/', 'buffer_before/'] },
};

/**
 * Where tools/acceptance/make-official-checkpoints.py has put the golden parameters as PyTorch writes them. PyTorch is not
 * on every machine: without the folder our own writer of checkpoints stands in for it.
 */
const folder = process.env['BLEMISH_OFFICIAL_CHECKPOINTS'];

/** Who wrote what `officialCheckpoint` returns. */
export const checkpointWriter: string = folder === undefined ? 'our own writer' : 'PyTorch';

/** The golden arrays of a network, under the names of its state_dict. */
export function goldenState(golden: string, model: OfficialModel): ReadonlyMap<string, GoldenArray> {
  const { file, prefixes } = models[model];
  const state = new Map<string, GoldenArray>();
  for (const [name, array] of readGolden(join(golden, file))) {
    const prefix = prefixes.find((start) => name.startsWith(start));
    if (prefix !== undefined) state.set(name.slice(prefix.length), array);
  }
  return state;
}

/** A state_dict of the golden parameters as a checkpoint file. */
export function officialCheckpoint(golden: string, model: OfficialModel, container: CheckpointContainer): { bytes: Uint8Array; name: string } {
  const name = `${model}.${container}.pth`;
  if (folder !== undefined) return { bytes: readFileSync(join(folder, name)), name };
  const state = [...goldenState(golden, model)];
  const pickled = state.map(([key, { data, shape }], index) => {
    const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    const type = data instanceof Int32Array ? 'IntStorage' : 'FloatStorage';
    return [key, tensor(storage(type, String(index), data.length), 0, shape, stride)] as const;
  });
  const root = pickle(dict(Object.fromEntries(pickled)));
  const storages = state.map(([, { data }], index) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return [String(index), data.length, bytes] as const;
  });
  if (container === 'legacy') return { bytes: legacyCheckpoint(root, storages), name };
  return { bytes: zipCheckpoint(root, Object.fromEntries(storages.map(([key, , bytes]) => [key, bytes]))), name };
}
