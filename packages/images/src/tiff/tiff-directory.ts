/** Tags that say how an image's samples lie in the file (TIFF 6.0, sections 3 to 15). */
export const tiffTags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planar: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
} as const;

/** The first directory of a TIFF; its values are read from the file when asked for, so that none is allocated. */
export interface TiffDirectory {
  readonly littleEndian: boolean;
  /** How many values a tag has; 0 where it is absent. */
  readonly count: (tag: number) => number;
  /** One of them; undefined where it is absent. */
  readonly value: (tag: number, index?: number) => number | undefined;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  readonly at: number;
}

/** Bytes of a value of each type of whole numbers: BYTE, SHORT, LONG, IFD, LONG8, IFD8. */
const sizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 };
const wanted: ReadonlySet<number> = new Set(Object.values(tiffTags));

/**
 * Reads the first directory of a TIFF or BigTIFF of either byte order.
 *
 * @throws what is wrong, without a file's name: a directory or a wanted tag's values outside the file, or of another type
 */
export function readTiffDirectory(bytes: Uint8Array): TiffDirectory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = bytes[0] === 0x49;
  const inside = (at: number, length: number): void => {
    if (!(at + length <= bytes.length)) throw new Error('its directory lies outside the file');
  };
  const number = (at: number, size: number): number => {
    inside(at, size);
    if (size === 8) return Number(view.getBigUint64(at, littleEndian));
    if (size === 4) return view.getUint32(at, littleEndian);
    return size === 2 ? view.getUint16(at, littleEndian) : view.getUint8(at);
  };
  const big = number(2, 2) === 43;
  const word = big ? 8 : 4; // bytes of an offset
  const [countSize, entrySize] = big ? [8, 20] : [2, 12];
  const start = number(big ? 8 : 4, word);
  const total = number(start, countSize);
  const first = start + countSize;
  inside(first, total * entrySize);
  const entries = new Map<number, Entry>();
  for (let i = 0, at = first; i < total; i++, at += entrySize) {
    const tag = number(at, 2);
    if (!wanted.has(tag) || entries.has(tag)) continue;
    const [type, count] = [number(at + 2, 2), number(at + 4, word)];
    const size = sizes[type];
    if (size === undefined) throw new Error(`its tag ${tag} is of type ${type}, expected whole numbers`);
    const place = at + 4 + word;
    const entry = { type, count, at: size * count <= word ? place : number(place, word) };
    inside(entry.at, size * count);
    entries.set(tag, entry);
  }
  return {
    littleEndian,
    count: (tag) => entries.get(tag)?.count ?? 0,
    value(tag, index = 0) {
      const entry = entries.get(tag);
      if (!entry || index >= entry.count) return undefined;
      const size = sizes[entry.type] as number;
      return number(entry.at + index * size, size);
    },
  };
}
