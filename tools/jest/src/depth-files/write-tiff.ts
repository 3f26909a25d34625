import { deflateSync } from 'node:zlib';
import { encodeLzw, encodePackBits } from './tiff-codecs.js';

/** A TIFF written sample by sample, honest or not. */
export interface TiffParts {
  readonly width: number;
  readonly height: number;
  /** Samples of a pixel (default 1). */
  readonly samples?: number;
  /** Values [height, width, samples]. */
  readonly values: ArrayLike<number>;
  /** Letter and bits: unsigned, signed (integers), floating point (default f32). */
  readonly type?: 'u8' | 'u16' | 'u32' | 'i8' | 'i16' | 'i32' | 'f32' | 'f64';
  readonly bigEndian?: boolean;
  /** Offsets of 64 bits. */
  readonly bigTiff?: boolean;
  readonly planar?: boolean;
  /** [width, height] of tiles; strips where absent. */
  readonly tile?: readonly [number, number];
  readonly rowsPerStrip?: number;
  readonly compression?: 'none' | 'lzw' | 'deflate' | 'packbits';
  readonly predictor?: 1 | 2 | 3;
  /** 1 gray (default), 2 RGB, 3 palette. */
  readonly photometric?: number;
  /** Tags whose value is another than the truth; undefined leaves one out. */
  readonly lie?: Readonly<Record<number, number | undefined>>;
}

/** Writes it, without the reader's help: pixels first, the directory at the end. */
export function writeTiff(parts: TiffParts): Uint8Array {
  const { width, height, samples = 1, values, type = 'f32', bigEndian = false, bigTiff = false, planar = false, tile, photometric = 1, lie = {} } = parts;
  const { rowsPerStrip = height, compression = 'none', predictor = 1 } = parts;
  const little = !bigEndian;
  const bits = Number(type.slice(1));
  const [blockWidth, blockHeight] = tile ?? [width, rowsPerStrip];
  const step = planar ? 1 : samples;
  const blocks: Uint8Array[] = [];
  for (let plane = 0; plane < (planar ? samples : 1); plane++)
    for (let y0 = 0; y0 < height; y0 += blockHeight)
      for (let x0 = 0; x0 < width; x0 += blockWidth) {
        const rows = tile ? blockHeight : Math.min(blockHeight, height - y0);
        const raw = new Uint8Array((rows * blockWidth * step * bits) / 8);
        for (let i = 0; i < rows * blockWidth * step; i++) {
          const [row, column, c] = [Math.floor(i / (blockWidth * step)), Math.floor(i / step) % blockWidth, i % step];
          const inside = y0 + row < height && x0 + column < width;
          const value = inside ? (values[((y0 + row) * width + x0 + column) * samples + (planar ? plane : c)] as number) : 0;
          put(raw, i, value, type, little);
        }
        const predicted = predict(raw, predictor, bits / 8, blockWidth * step, step, little);
        blocks.push({ none: plain, lzw: encodeLzw, deflate: deflateSync, packbits: encodePackBits }[compression](predicted));
      }

  let at = bigTiff ? 16 : 8;
  const offsets = blocks.map((block) => (at += block.length) - block.length);
  const each = (value: number): number[] => Array<number>(samples).fill(value);
  const tags = new Map<number, readonly number[]>([
    [256, [width]],
    [257, [height]],
    [258, each(bits)],
    [259, [{ none: 1, lzw: 5, deflate: 8, packbits: 32773 }[compression]]],
    [262, [photometric]],
    ...(tile ? [] : [[273, offsets] as const]),
    [277, [samples]],
    ...(tile ? [] : [[278, [rowsPerStrip]] as const, [279, blocks.map((block) => block.length)] as const]),
    [284, [planar ? 2 : 1]],
    [317, [predictor]],
    ...(tile ? [[322, [tile[0]]] as const, [323, [tile[1]]] as const, [324, offsets] as const, [325, blocks.map((block) => block.length)] as const] : []),
    [339, each({ u: 1, i: 2, f: 3 }[type.charAt(0)] as number)],
  ]);
  for (const [tag, value] of Object.entries(lie)) {
    if (value === undefined) tags.delete(Number(tag));
    else tags.set(Number(tag), [value]);
  }
  const directory = at + (at % 2);
  return Uint8Array.from(Buffer.concat([head(directory, little, bigTiff), ...blocks, Buffer.alloc(at % 2), entries(tags, directory, little, bigTiff)]));
}

const plain = (data: Uint8Array): Uint8Array => data;

function head(directory: number, little: boolean, bigTiff: boolean): Uint8Array {
  const bytes = new Uint8Array(bigTiff ? 16 : 8);
  const view = new DataView(bytes.buffer);
  bytes.fill(little ? 0x49 : 0x4d, 0, 2);
  view.setUint16(2, bigTiff ? 43 : 42, little);
  if (bigTiff) view.setUint16(4, 8, little);
  word(view, bigTiff ? 8 : 4, directory, little, bigTiff);
  return bytes;
}

/** The directory, tags in order, lists that do not fit behind it; all values LONG or LONG8. */
function entries(tags: ReadonlyMap<number, readonly number[]>, directory: number, little: boolean, bigTiff: boolean): Uint8Array {
  const size = bigTiff ? 8 : 4;
  const [begin, each] = bigTiff ? [8, 20] : [2, 12];
  const lists = begin + tags.size * each + size;
  const outside = [...tags.values()].reduce((sum, list) => sum + (list.length > 1 ? list.length * size : 0), 0);
  const bytes = new Uint8Array(lists + outside);
  const view = new DataView(bytes.buffer);
  if (bigTiff) word(view, 0, tags.size, little, true);
  else view.setUint16(0, tags.size, little);
  let [at, next] = [begin, lists];
  for (const [tag, list] of [...tags].sort(([a], [b]) => a - b)) {
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, bigTiff ? 16 : 4, little);
    word(view, at + 4, list.length, little, bigTiff);
    let place = at + 4 + size;
    if (list.length > 1) {
      word(view, place, directory + next, little, bigTiff);
      place = next;
      next += list.length * size;
    }
    for (const value of list) {
      word(view, place, value, little, bigTiff);
      place += size;
    }
    at += each;
  }
  return bytes;
}

function word(view: DataView, at: number, value: number, little: boolean, big: boolean): void {
  if (big) view.setBigUint64(at, BigInt(value), little);
  else view.setUint32(at, value, little);
}

function put(bytes: Uint8Array, i: number, value: number, type: NonNullable<TiffParts['type']>, little: boolean): void {
  const view = new DataView(bytes.buffer);
  if (type === 'f32') view.setFloat32(i * 4, value, little);
  else if (type === 'f64') view.setFloat64(i * 8, value, little);
  else if (type.endsWith('32')) view.setInt32(i * 4, value, little);
  else if (type.endsWith('16')) view.setInt16(i * 2, value, little);
  else view.setInt8(i, value);
}

/** Differences to the pixel on the left: 2 of whole samples, 3 of bytes after each row's have been sorted by significance. */
function predict(raw: Uint8Array, predictor: number, bytes: number, rowValues: number, step: number, little: boolean): Uint8Array {
  if (predictor === 1) return raw;
  const out = new Uint8Array(raw.length);
  const rowBytes = rowValues * bytes;
  for (let row = 0; row < raw.length; row += rowBytes) {
    if (predictor === 3) {
      const sorted = Array.from({ length: rowBytes }, (_, i) => {
        const [k, value] = [Math.floor(i / rowValues), i % rowValues];
        return raw[row + value * bytes + (little ? bytes - 1 - k : k)] as number;
      });
      for (let i = 0; i < rowBytes; i++) out[row + i] = (sorted[i] as number) - (i < step ? 0 : (sorted[i - step] as number));
      continue;
    }
    for (let i = 0; i < rowValues; i++) {
      let borrow = 0;
      for (let k = 0; k < bytes; k++) {
        const place = row + (little ? k : bytes - 1 - k);
        const difference = (raw[place + i * bytes] as number) - (i < step ? 0 : (raw[place + (i - step) * bytes] as number)) - borrow;
        out[place + i * bytes] = difference;
        borrow = difference < 0 ? 1 : 0;
      }
    }
  }
  return out;
}
