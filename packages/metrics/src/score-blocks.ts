import { copyOthers, copyRange, copyZeros } from './copy-scores.js';
import type { ScoreBlock } from './score-block.js';
import type { Scores } from './scores.js';
import { sortByDigit, type GroupRun } from './sort-by-digit.js';

/** Scores of a block: 4 MiB of float32. */
const BLOCK = 1 << 20;

/**
 * A growing set of scores that takes little more memory than their bits. They are kept in blocks; a full block is put in the
 * order of its scores' *digits*: the upper 16 bits of a score once rounded to float32 (of -0, those of 0). Rounding keeps the
 * order: what has a higher digit (see `digitFromTop`) is higher, and what shares a digit lies side by side. Float32 and float64
 * scores may follow each other; a block holds one kind.
 */
export interface ScoreBlocks {
  /** Number of scores. */
  readonly count: number;
  /** Adds the scores from index `start` up to `end`, which belong to a group; 0 by default. */
  addRange(scores: Scores, start: number, end: number, group?: number): void;
  /** Adds the scores whose label is 0, or those whose label is another, all of group 0. */
  addLabelled(scores: Scores, labels: ArrayLike<number>, which: 'zero' | 'other'): void;
  /** All scores so far, in order; more may be added later. */
  seal(): readonly ScoreBlock[];
}

/** An empty set of scores. */
export function createScoreBlocks(): ScoreBlocks {
  const blocks: ScoreBlock[] = [];
  let open: Scores = new Float32Array(0);
  let filled = 0;
  let sealed = 0;
  let runs: GroupRun[] = []; // of the open block

  return {
    get count() {
      return sealed + filled;
    },
    addRange(scores, start, end, group = 0) {
      for (let at = start; at < end; ) {
        const size = room(scores, end - at);
        filled = copyRange(scores, at, at + size, open, filled);
        at += size;
        const last = runs.at(-1);
        if (last?.group === group) last.end = filled;
        else runs.push({ group, end: filled });
      }
    },
    addLabelled(scores, labels, which) {
      const copy = which === 'zero' ? copyZeros : copyOthers;
      for (let at = 0; at < scores.length; ) {
        const size = room(scores, scores.length - at);
        filled = copy(scores, labels, at, at + size, open, filled);
        at += size;
        runs = [{ group: 0, end: filled }];
      }
    },
    seal() {
      close();
      return blocks;
    },
  };

  /** Makes room in the open block for at least one and at most `wanted` scores of the kind of `like`; returns for how many. */
  function room(like: Scores, wanted: number): number {
    const otherKind = open.BYTES_PER_ELEMENT !== like.BYTES_PER_ELEMENT;
    if (filled === BLOCK || otherKind) close();
    const end = Math.min(BLOCK, filled + wanted);
    if (open.length < end || otherKind) {
      const size = Math.min(BLOCK, Math.max(end, 2 * filled));
      const grown = like.BYTES_PER_ELEMENT === 4 ? new Float32Array(size) : new Float64Array(size);
      grown.set(open.subarray(0, filled));
      open = grown;
    }
    return end - filled;
  }

  function close(): void {
    if (filled > 0) blocks.push(sortByDigit(open.subarray(0, filled), runs));
    sealed += filled;
    filled = 0;
    runs = [];
  }
}
