import { DIGITS, type Groups, type ScoreBlock } from './score-block.js';
import type { Scores } from './scores.js';

/** The bits of -0. */
const MINUS_ZERO = 0x80000000 | 0;

/** Scores side by side of one group, up to `end`. */
export interface GroupRun {
  readonly group: number;
  end: number;
}

/**
 * Puts scores in the order of their digits, stable.
 *
 * @param scores what they hold afterwards means nothing
 * @param runs the groups of all of them
 */
export function sortByDigit(scores: Scores, runs: readonly GroupRun[]): ScoreBlock {
  const count = scores.length;
  const single = scores.BYTES_PER_ELEMENT === 4 ? (scores as Float32Array) : Float32Array.from(scores);
  const bits = new Int32Array(single.buffer, single.byteOffset, count);
  const ends = new Uint32Array(DIGITS);
  countDigits(bits, ends);
  if ((ends[MINUS_ZERO >>> 16] as number) > 0) clearMinusZeros(bits, ends);
  let next = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const size = ends[digit] as number;
    ends[digit] = next; // where its scores start; moves to their end while they are put down
    next += size;
  }
  const firstGroup = runs.reduce((least, { group }) => Math.min(least, group), Infinity);
  const lastGroup = runs.reduce((most, { group }) => Math.max(most, group), 0);
  const groups = groupsLike(lastGroup - firstGroup + 1, count);
  const sorted = single === scores ? new Int32Array(count) : new Float64Array(count);
  if (groups.length === 0 && sorted instanceof Int32Array) putDownBits(bits, sorted, ends);
  else putDown(bits, single === scores ? bits : scores, sorted, ends, runs, groups, firstGroup);
  return sorted instanceof Int32Array
    ? { scores: new Float32Array(sorted.buffer), bits: sorted, ends, groups, firstGroup }
    : { scores: sorted, bits: undefined, ends, groups, firstGroup };
}

/** Four scores a turn, here and below: V8 does not unroll loops, and its own work between turns takes as long as a score. */
function countDigits(bits: Int32Array, counts: Uint32Array): void {
  const count = bits.length;
  const whole = count - (count % 4);
  for (let i = 0; i < whole; i += 4) {
    const a = bits[i] as number;
    const b = bits[i + 1] as number;
    const c = bits[i + 2] as number;
    const d = bits[i + 3] as number;
    (counts[a >>> 16] as number)++;
    (counts[b >>> 16] as number)++;
    (counts[c >>> 16] as number)++;
    (counts[d >>> 16] as number)++;
  }
  for (let i = whole; i < count; i++) (counts[(bits[i] as number) >>> 16] as number)++;
}

/** -0 equals 0, and gets its digit. */
function clearMinusZeros(bits: Int32Array, counts: Uint32Array): void {
  for (let i = 0; i < bits.length; i++) {
    if (bits[i] !== MINUS_ZERO) continue;
    bits[i] = 0;
    (counts[MINUS_ZERO >>> 16] as number)--;
    (counts[0] as number)++;
  }
}

function putDownBits(bits: Int32Array, to: Int32Array, next: Uint32Array): void {
  const count = bits.length;
  const whole = count - (count % 4);
  for (let i = 0; i < whole; i += 4) {
    const a = bits[i] as number;
    const b = bits[i + 1] as number;
    const c = bits[i + 2] as number;
    const d = bits[i + 3] as number;
    to[(next[a >>> 16] as number)++] = a;
    to[(next[b >>> 16] as number)++] = b;
    to[(next[c >>> 16] as number)++] = c;
    to[(next[d >>> 16] as number)++] = d;
  }
  for (let i = whole; i < count; i++) to[(next[(bits[i] as number) >>> 16] as number)++] = bits[i] as number;
}

/** Scores of both kinds, with their groups. */
function putDown(
  bits: Int32Array,
  from: Int32Array | Scores,
  to: Int32Array | Scores,
  next: Uint32Array,
  runs: readonly GroupRun[],
  groups: Groups,
  firstGroup: number,
): void {
  const grouped = groups.length > 0;
  let i = 0;
  for (const { group, end } of runs) {
    const own = group - firstGroup;
    for (; i < end; i++) {
      const at = (next[(bits[i] as number) >>> 16] as number)++;
      to[at] = from[i] as number;
      if (grouped) groups[at] = own;
    }
  }
}

function groupsLike(groups: number, count: number): Groups {
  if (groups === 1) return new Uint8Array(0);
  return groups <= 0x100 ? new Uint8Array(count) : groups <= 0x10000 ? new Uint16Array(count) : new Uint32Array(count);
}
