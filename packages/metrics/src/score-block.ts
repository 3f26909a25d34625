import type { Scores } from './scores.js';

/** Values of the upper 16 bits of a float32. */
export const DIGITS = 1 << 16;

/** One small number a score. */
export type Groups = Uint8Array | Uint16Array | Uint32Array;

/** Scores in the order of their digits: those of digit d lie from `ends[d - 1]` (0 for the first) up to `ends[d]`. */
export interface ScoreBlock {
  readonly scores: Scores;
  /** The bits of `scores` where they are float32. */
  readonly bits: Int32Array | undefined;
  /** [DIGITS] */
  readonly ends: Uint32Array;
  /** The group of each score, counted from `firstGroup`; empty where all are of that group. */
  readonly groups: Groups;
  readonly firstGroup: number;
}

/** The digits by their scores, from the highest down: positive numbers, then negative ones, whose bits rise as they fall. */
export function digitFromTop(rank: number): number {
  return rank < DIGITS / 2 ? DIGITS / 2 - 1 - rank : rank;
}

/** Where the scores of a digit start. */
export function startOf({ ends }: ScoreBlock, digit: number): number {
  return digit === 0 ? 0 : (ends[digit - 1] as number);
}
