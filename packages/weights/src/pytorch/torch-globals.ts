import type { Dtype } from '../weight-array.js';
import { fault, quote } from '../weights-error.js';
import type { Budget } from './budget.js';
import { containerBytes } from './pickle-machine.js';
import type { PickleCallable, PickleDict, PickleSequence, PickleValue } from './pickle-value.js';
import { kindOf } from './pickle-value.js';
import { rebuildParameter, rebuildTensorV2, rebuildTensorV3 } from './torch-tensors.js';

const storageTypes: Readonly<Record<string, Dtype>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
};

const torchDtypes: Readonly<Record<string, Dtype>> = {
  float64: 'F64',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
  uint64: 'U64',
  int32: 'I32',
  uint32: 'U32',
  int16: 'I16',
  uint16: 'U16',
  int8: 'I8',
  uint8: 'U8',
  bool: 'BOOL',
};

const remedy = 'torch.save(model.state_dict(), file) writes such a file';

/**
 * The complete list of names that a checkpoint may use: tensors, parameters, storages, dtypes, and plain containers.
 * Any other name (`os.system`, a class of somebody's program) is an error that says it.
 *
 * @param budget what the containers they make may take
 */
export function createTorchGlobals(budget: Budget): (module: string, name: string) => PickleValue {
  const values = new Map<string, PickleValue>();
  const add = (names: readonly string[], call: PickleCallable['call']): void => {
    for (const name of names) values.set(name, { kind: 'function', name, call });
  };
  for (const [name, dtype] of Object.entries(storageTypes)) values.set(`torch.${name}`, { kind: 'storage type', dtype });
  for (const name of ['torch.UntypedStorage', 'torch.storage.UntypedStorage']) values.set(name, { kind: 'storage type', dtype: 'U8' });
  for (const [name, dtype] of Object.entries(torchDtypes)) values.set(`torch.${name}`, { kind: 'dtype', dtype });
  add(['torch._utils._rebuild_tensor_v2'], rebuildTensorV2);
  add(['torch._utils._rebuild_tensor_v3'], rebuildTensorV3);
  add(['torch._utils._rebuild_parameter'], rebuildParameter);
  add(['collections.OrderedDict', 'builtins.dict', '__builtin__.dict'], (args) => makeDict(args, budget));
  add(['torch.Size', 'builtins.tuple', '__builtin__.tuple'], (args) => makeSequence('tuple', args, budget));
  add(['builtins.list', '__builtin__.list'], (args) => makeSequence('list', args, budget));
  add(['builtins.set', '__builtin__.set', 'builtins.frozenset', '__builtin__.frozenset'], (args) => makeSequence('set', args, budget));
  add(['builtins.bytes', '__builtin__.bytes', '_codecs.encode'], (args) => makeBytes(args, budget));

  return (module, name) => {
    const value = values.get(`${module}.${name}`);
    if (value === undefined) {
      const asked = quote(`${module}.${name}`);
      throw fault(`refused: the pickle asks for ${asked}, and only tensors and plain containers are read (${remedy})`);
    }
    return value;
  };
}

/** `OrderedDict()`, or as Python 2 writes it `OrderedDict([[key, value], ...])`. */
function makeDict(args: readonly PickleValue[], budget: Budget): PickleDict {
  const pairs = args.length === 0 ? [] : itemsOf(args, 'a dict');
  budget.spend(containerBytes + 32 * pairs.length);
  const entries = new Map<PickleValue, PickleValue>();
  for (const pair of pairs) {
    const [key, value, ...rest] = itemsOf([pair], 'a dict entry');
    if (key === undefined || value === undefined || rest.length > 0) throw fault('damaged pickle: a dict entry that is no pair');
    entries.set(key, value);
  }
  return { kind: 'dict', entries };
}

function makeSequence(kind: PickleSequence['kind'], args: readonly PickleValue[], budget: Budget): PickleSequence {
  const items = args.length === 0 ? [] : itemsOf(args, `a ${kind}`);
  budget.spend(containerBytes + 16 * items.length);
  return { kind, items: [...items] };
}

/** The items of the one list, tuple or set among `args`. */
function itemsOf(args: readonly PickleValue[], of: string): readonly PickleValue[] {
  const [value] = args;
  const isSequence = args.length === 1 && typeof value === 'object' && value !== null && 'items' in value;
  if (!isSequence) throw fault(`damaged pickle: cannot make ${of} of ${args.length === 1 ? kindOf(value) : `${args.length} arguments`}`);
  return value.items;
}

/** `bytes()`, or as protocol 2 writes bytes: `_codecs.encode(text, 'latin1')`. */
function makeBytes(args: readonly PickleValue[], budget: Budget): Uint8Array {
  if (args.length === 0) return new Uint8Array();
  const [text, encoding] = args;
  if (typeof text !== 'string' || encoding !== 'latin1' || args.length !== 2) throw fault('damaged pickle: bytes that are not latin1 text');
  budget.spend(text.length);
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
