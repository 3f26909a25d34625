import { fault } from '../weights-error.js';

/** Reads a byte sequence from front to back; every method throws where the bytes end too early. */
export interface ByteReader {
  /** Index of the next byte. */
  readonly position: () => number;
  readonly u8: () => number;
  readonly u16: () => number;
  readonly u32: () => number;
  readonly i32: () => number;
  /** 64 bits that must hold a whole number below 2^53. */
  readonly u64: () => number;
  /** A float64, most significant byte first. */
  readonly f64BigEndian: () => number;
  /** The next `count` bytes, as a view. */
  readonly bytes: (count: number) => Uint8Array;
  /** The next `count` bytes as UTF-8. */
  readonly text: (count: number) => string;
  /** Text up to the next line feed, which is passed over. */
  readonly line: () => string;
}

/** A reader of `bytes` from index `start`, little-endian. */
export function createByteReader(bytes: Uint8Array, start = 0): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = start;
  /** Moves over `count` bytes and gives where they began. */
  const take = (count: number): number => {
    if (!(count <= bytes.length - position)) {
      throw fault(`expected ${count} more bytes at byte ${position}, but the data ends at ${bytes.length}: truncated or damaged`);
    }
    position += count;
    return position - count;
  };
  const reader: ByteReader = {
    position: () => position,
    u8: () => view.getUint8(take(1)),
    u16: () => view.getUint16(take(2), true),
    u32: () => view.getUint32(take(4), true),
    i32: () => view.getInt32(take(4), true),
    u64: () => {
      const value = Number(view.getBigUint64(take(8), true));
      if (!Number.isSafeInteger(value)) throw fault(`expected a size at byte ${position - 8}, got ${value}`);
      return value;
    },
    f64BigEndian: () => view.getFloat64(take(8), false),
    bytes: (count) => {
      const begin = take(count);
      return bytes.subarray(begin, begin + count);
    },
    text: (count) => decodeUtf8(reader.bytes(count)),
    line: () => {
      const end = bytes.indexOf(10, position);
      if (end < 0) throw fault(`expected a line at byte ${position}, but none ends: truncated or damaged`);
      const line = reader.text(end - position);
      take(1);
      return line;
    },
  };
  return reader;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw fault('expected text in UTF-8, got something else', cause);
  }
}
