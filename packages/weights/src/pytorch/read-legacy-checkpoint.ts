import { dtypes } from '../dtypes.js';
import { fault, quote } from '../weights-error.js';
import { createBudget } from './budget.js';
import { createByteReader } from './byte-reader.js';
import type { Checkpoint } from './checkpoint.js';
import { pickleBudgetBytes } from './checkpoint.js';
import type { PickleValue, StorageRef } from './pickle-value.js';
import { createTorchGlobals } from './torch-globals.js';
import { loadStorage } from './torch-tensors.js';
import { unpickle } from './unpickle.js';

const protocolVersion = 1001;

/**
 * The container of torch.save before PyTorch 1.6, after its magic number: pickles of the protocol version, of facts about
 * the machine, of the object and of the storages' keys; then for each key its length (int64) and its elements. Every
 * machine writes these little-endian, whatever it says of itself.
 *
 * @param start index behind the magic number's pickle
 */
export function readLegacyCheckpoint(bytes: Uint8Array, start: number): Checkpoint {
  const reader = createByteReader(bytes, start);
  const budget = createBudget(pickleBudgetBytes(bytes.length), 'the pickle');
  const storages = new Map<string, StorageRef>();
  const world = {
    findGlobal: createTorchGlobals(budget),
    loadPersistent: (id: PickleValue): StorageRef => {
      const storage = loadStorage(id);
      const known = storages.get(storage.key);
      if (known && (known.total !== storage.total || known.dtype !== storage.dtype)) {
        throw fault(`storage ${quote(storage.key)} is described in two ways`);
      }
      storages.set(storage.key, storage);
      return storage;
    },
  };
  const version = unpickle(reader, world, budget);
  if (version !== protocolVersion) throw fault(`expected a legacy PyTorch checkpoint of version ${protocolVersion}, got ${String(version)}`);
  unpickle(reader, world, budget);
  const root = unpickle(reader, world, budget);
  const keys = unpickle(reader, world, budget);
  if (typeof keys !== 'object' || keys === null || !('items' in keys)) throw fault('damaged checkpoint: expected a list of storage keys');

  const records = new Map<string, Uint8Array>();
  for (const key of keys.items) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (!storage || records.has(storage.key)) throw fault('damaged checkpoint: a storage that no tensor uses, or twice the same');
    const count = reader.u64();
    if (count !== storage.total) throw fault(`storage ${quote(storage.key)}: expected ${storage.total} elements, got ${count}`);
    records.set(storage.key, reader.bytes(count * dtypes[storage.dtype].bytes));
  }
  return {
    root,
    bigEndian: false,
    storageBytes: ({ key }) => {
      const record = records.get(key);
      if (!record) throw fault(`expected storage ${quote(key)} in the file, there is none`);
      return record;
    },
  };
}
