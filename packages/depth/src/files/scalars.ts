/** How one number stands in a binary file. */
export interface Scalar {
  readonly bytes: number;
  /** The number at byte `at`, as a double. */
  readonly read: (view: DataView, at: number, littleEndian: boolean) => number;
  /** Whether it is a whole number by its type. */
  readonly whole: boolean;
}

/** Letter and bytes, as NumPy's array files call them; 64-bit integers beyond 2^53 are rounded. */
export type ScalarName = 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'i8' | 'u8' | 'f4' | 'f8';

/** Every type of number that cloud files hold. */
export const scalars: Readonly<Record<ScalarName, Scalar>> = {
  i1: { bytes: 1, whole: true, read: (view, at) => view.getInt8(at) },
  u1: { bytes: 1, whole: true, read: (view, at) => view.getUint8(at) },
  i2: { bytes: 2, whole: true, read: (view, at, little) => view.getInt16(at, little) },
  u2: { bytes: 2, whole: true, read: (view, at, little) => view.getUint16(at, little) },
  i4: { bytes: 4, whole: true, read: (view, at, little) => view.getInt32(at, little) },
  u4: { bytes: 4, whole: true, read: (view, at, little) => view.getUint32(at, little) },
  i8: { bytes: 8, whole: true, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { bytes: 8, whole: true, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  f4: { bytes: 4, whole: false, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, whole: false, read: (view, at, little) => view.getFloat64(at, little) },
};

/** The type called so, own keys only: a file may say `constructor`. */
export function scalarNamed(name: string): Scalar | undefined {
  return Object.hasOwn(scalars, name) ? scalars[name as ScalarName] : undefined;
}
