import { dtypes } from '../dtypes.js';
import { fault, quote } from '../weights-error.js';
import type { Budget } from './budget.js';
import { createBudget } from './budget.js';
import { createByteReader } from './byte-reader.js';
import type { Checkpoint } from './checkpoint.js';
import { pickleBudgetBytes } from './checkpoint.js';
import { createTorchGlobals } from './torch-globals.js';
import { loadStorage } from './torch-tensors.js';
import { unpickle } from './unpickle.js';
import type { ZipArchive } from './zip-archive.js';
import { openZip } from './zip-archive.js';

/** The container of torch.save since PyTorch 1.6: a zip of `X/data.pkl`, `X/data/<key>`, and `X/byteorder` since 2.1. */
export function readZipCheckpoint(bytes: Uint8Array, tensorBudget: Budget): Checkpoint {
  const zip = openZip(bytes, tensorBudget);
  const pickles = zip.names.filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const [pickle] = pickles;
  if (pickle === undefined || pickles.length > 1) {
    throw fault(`expected a zip archive with one data.pkl, as torch.save writes, got ${pickles.length}`);
  }
  const folder = pickle.slice(0, -'data.pkl'.length);
  if (zip.names.includes(`${folder}constants.pkl`)) throw fault('expected a checkpoint written by torch.save, got a TorchScript program');

  const bigEndian = readByteOrder(zip, `${folder}byteorder`) === 'big';
  const pickleBytes = zip.read(pickle);
  const budget = createBudget(pickleBudgetBytes(pickleBytes.length), 'the pickle');
  const root = unpickle(createByteReader(pickleBytes), { findGlobal: createTorchGlobals(budget), loadPersistent: loadStorage }, budget);

  const records = new Map<string, Uint8Array>();
  return {
    root,
    bigEndian,
    storageBytes: ({ key, dtype, total }) => {
      const record = records.get(key) ?? zip.read(`${folder}data/${key}`);
      records.set(key, record);
      const needed = total * dtypes[dtype].bytes;
      if (record.length < needed) {
        throw fault(`storage ${quote(key)}: expected ${total} elements of ${dtype}, ${needed} bytes, got ${record.length}`);
      }
      return record;
    },
  };
}

/** Archives older than the record come from little-endian machines, as PyTorch assumes too. */
function readByteOrder(zip: ZipArchive, name: string): string {
  if (!zip.names.includes(name)) return 'little';
  const order = new TextDecoder().decode(zip.read(name).subarray(0, 16));
  if (order !== 'little' && order !== 'big') throw fault(`expected byteorder little or big, got ${quote(order)}`);
  return order;
}
