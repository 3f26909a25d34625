import type { Dtype } from '../weight-array.js';

/** What our unpickler can build: plain values, containers, and descriptions of tensors that are made later or never. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleSequence
  | PickleDict
  | PickleCallable
  | StorageType
  | TorchDtype
  | StorageRef
  | TensorRef;

/** A list, tuple or set. */
export interface PickleSequence {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: PickleValue[];
}

/** A dict or OrderedDict; keys that are not strings or numbers are kept as they came. */
export interface PickleDict {
  readonly kind: 'dict';
  readonly entries: Map<PickleValue, PickleValue>;
}

/** One of the few functions a checkpoint may call. */
export interface PickleCallable {
  readonly kind: 'function';
  readonly name: string;
  readonly call: (args: readonly PickleValue[]) => PickleValue;
}

/** A class such as torch.FloatStorage. */
export interface StorageType {
  readonly kind: 'storage type';
  readonly dtype: Dtype;
}

/** A value such as torch.float32. */
export interface TorchDtype {
  readonly kind: 'dtype';
  readonly dtype: Dtype;
}

/** A range of a storage whose bytes stand elsewhere in the file. */
export interface StorageRef {
  readonly kind: 'storage';
  readonly dtype: Dtype;
  /** Names the bytes; several storages may share them. */
  readonly key: string;
  /** Elements of all the bytes under `key`. */
  readonly total: number;
  /** First element of the range, and how many it has. */
  readonly begin: number;
  readonly length: number;
}

/** A strided view of a storage, in elements. */
export interface TensorRef {
  readonly kind: 'tensor';
  readonly storage: StorageRef;
  readonly dtype: Dtype;
  readonly offset: number;
  readonly size: readonly number[];
  readonly stride: readonly number[];
}

/** The kind of a value, for error messages. */
export function kindOf(value: PickleValue | undefined): string {
  if (value === null) return 'None';
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value === 'object' ? value.kind : typeof value;
}
