import type { PickleValue, StorageRef } from './pickle-value.js';

/** A checkpoint's pickle, read but with no tensor made, and where the bytes of its storages stand. */
export interface Checkpoint {
  readonly root: PickleValue;
  /** All bytes under a storage's key, at least `total` elements of its type. */
  readonly storageBytes: (storage: StorageRef) => Uint8Array;
  /** True where elements stand most significant byte first. */
  readonly bigEndian: boolean;
}

/** Memory that the values of a pickle may take: its containers weigh up to some twenty times their bytes in the file. */
export function pickleBudgetBytes(fileBytes: number): number {
  return 2 ** 20 + 32 * Math.min(fileBytes, 2 ** 25);
}
