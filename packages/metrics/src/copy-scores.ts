import type { Scores } from './scores.js';

/** Puts the scores from index `start` up to `end` at `at`. */
export function copyRange(from: Scores, start: number, end: number, to: Scores, at: number): void {
  if (end - start > 64) to.set(from.subarray(start, end), at);
  else for (let i = start; i < end; i++) to[at++] = from[i] as number;
}

/** Puts those whose label is 0 side by side from `at` on; returns where they end. */
export function copyZeros(from: Scores, labels: ArrayLike<number>, start: number, end: number, to: Scores, at: number): number {
  let i = start;
  while (i < end) {
    const stop = i + 8;
    if (stop <= end && eightZeros(labels, i)) while (i < stop) to[at++] = from[i++] as number;
    else for (const last = Math.min(stop, end); i < last; i++) if (labels[i] === 0) to[at++] = from[i] as number;
  }
  return at;
}

/** The same for those whose label is not 0. */
export function copyOthers(from: Scores, labels: ArrayLike<number>, start: number, end: number, to: Scores, at: number): number {
  let i = start;
  while (i < end) {
    const stop = i + 8;
    if (stop <= end && eightZeros(labels, i)) i = stop;
    else for (const last = Math.min(stop, end); i < last; i++) if (labels[i] !== 0) to[at++] = from[i] as number;
  }
  return at;
}

/** Defects lie together: most of the time eight labels are passed at once. */
export function eightZeros(labels: ArrayLike<number>, i: number): boolean {
  return (
    labels[i] === 0 &&
    labels[i + 1] === 0 &&
    labels[i + 2] === 0 &&
    labels[i + 3] === 0 &&
    labels[i + 4] === 0 &&
    labels[i + 5] === 0 &&
    labels[i + 6] === 0 &&
    labels[i + 7] === 0
  );
}
