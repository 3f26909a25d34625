// @ts-check
import { mulberry32 } from './mulberry32.mjs';

const bytesOfInterest = [0, 1, 2, 8, 31, 32, 127, 128, 129, 254, 255];
const numbersOfInterest = ['0', '1', '2', '-1', '7', '255', '256', '65535', '65536', '1000000000', '2147483648', '4294967295', '99999999999999999999', '1e9', 'nan', ''];
const wordsOfInterest = [0, 1, 2, 3, 4, 5, 7, 8, 16, 255, 256, 32773, 65535, 65536, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/**
 * The input of a number: always the same for the same seeds, seed number and index.
 *
 * @param {readonly Uint8Array[]} seeds small valid files
 * @param {number} seed
 * @param {number} index
 * @returns {Uint8Array}
 */
export function inputAt(seeds, seed, index) {
  const draw = mulberry32((seed * 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const below = (/** @type {number} */ n) => Math.floor(draw() * n);
  const pick = (/** @type {readonly any[]} */ list) => list[below(list.length)];
  let bytes = Uint8Array.from(pick(seeds));
  for (let changes = 1 + below(1 + below(4)); changes > 0; changes--) bytes = pick(mutations)(bytes, below, pick, seeds);
  return bytes;
}

/** @typedef {(bytes: Uint8Array, below: (n: number) => number, pick: (list: readonly any[]) => any, seeds: readonly Uint8Array[]) => Uint8Array} Mutation */

/** @type {readonly Mutation[]} */
const mutations = [
  flipBits, flipBits, setBytes, cut, append, splice, remove, swapNumbers, swapNumbers, swapWords, swapWords, swapWords,
];

/**
 * @type {Mutation}
 */
function flipBits(bytes, below) {
  if (bytes.length > 0) for (let i = 1 + below(6); i > 0; i--) flipBit(bytes, below(bytes.length), below(8));
  return bytes;
}

/** @param {Uint8Array} bytes @param {number} at @param {number} bit */
function flipBit(bytes, at, bit) {
  bytes[at] = Number(bytes[at]) ^ (1 << bit);
}

/**
 * @type {Mutation}
 */
function setBytes(bytes, below, pick) {
  if (bytes.length > 0) for (let i = 1 + below(3); i > 0; i--) bytes[below(bytes.length)] = pick(bytesOfInterest);
  return bytes;
}

/**
 * @type {Mutation}
 */
function cut(bytes, below) {
  return bytes.slice(0, below(bytes.length + 1));
}

/**
 * @type {Mutation}
 */
function append(bytes, below) {
  const more = below(200);
  const longer = new Uint8Array(bytes.length + more).map(() => below(256));
  longer.set(bytes);
  return longer;
}

/**
 * A piece of another file, or of the same, put in or put over.
 * @type {Mutation}
 */
function splice(bytes, below, pick, seeds) {
  const other = /** @type {Uint8Array} */ (pick([bytes, ...seeds]));
  const from = below(other.length + 1);
  const piece = other.slice(from, from + 1 + below(120));
  const at = below(bytes.length + 1);
  return joined(bytes.subarray(0, at), piece, bytes.subarray(Math.min(bytes.length, at + (below(2) === 0 ? 0 : piece.length))));
}

/**
 * @type {Mutation}
 */
function remove(bytes, below) {
  const at = below(bytes.length + 1);
  return joined(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + below(60))));
}

/**
 * One number of a text header.
 * @type {Mutation}
 */
function swapNumbers(bytes, below, pick) {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const found = [...text.slice(0, 2000).matchAll(/\d+/g)];
  if (found.length === 0) return bytes;
  const { 0: digits, index } = found[below(found.length)] ?? { 0: '', index: 0 };
  return Uint8Array.from(Buffer.from(text.slice(0, index) + pick(numbersOfInterest) + text.slice(index + digits.length), 'latin1'));
}

/**
 * A binary word, most often where a TIFF's directory stands.
 * @type {Mutation}
 */
function swapWords(bytes, below, pick) {
  if (bytes.length < 12) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = bytes[0] !== 0x4d;
  const directory = view.getUint32(4, little);
  const entries = directory + 12 * 17 < bytes.length + 40 && below(4) > 0;
  const at = Math.min(bytes.length - 4, entries ? directory + 2 + 12 * below(17) + pick([0, 2, 4, 8]) : below(bytes.length - 3));
  if (below(2) === 0) view.setUint32(at, pick(wordsOfInterest), little);
  else view.setUint16(at, pick(wordsOfInterest), little);
  return bytes;
}

/** @param {readonly Uint8Array[]} parts */
function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
