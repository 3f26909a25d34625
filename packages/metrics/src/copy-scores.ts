import type { Scores } from './scores.js';

/** Puts the scores from index `start` up to `end` at `at`; returns where they end. */
export function copyRange(from: Scores, start: number, end: number, to: Scores, at: number): number {
  if (end - start > 64) to.set(from.subarray(start, end), at);
  else for (let i = start, put = at; i < end; i++) to[put++] = from[i] as number;
  return at + end - start;
}

/** Puts those whose label is 0, of the scores from index `start` up to `end`, side by side from `at` on; returns where they end. */
export function copyZeros(from: Scores, labels: ArrayLike<number>, start: number, end: number, to: Scores, at: number): number {
  for (let i = start; i < end; ) {
    const first = i;
    i = zerosEnd(labels, i, end);
    at = copyRange(from, first, i, to, at);
    while (i < end && labels[i] !== 0) i++;
  }
  return at;
}

/** The same for those whose label is not 0. */
export function copyOthers(from: Scores, labels: ArrayLike<number>, start: number, end: number, to: Scores, at: number): number {
  for (let i = zerosEnd(labels, start, end); i < end; i = zerosEnd(labels, i, end)) {
    while (i < end && labels[i] !== 0) to[at++] = from[i++] as number;
  }
  return at;
}

/** The first index from `start` on whose label is not 0, or `end`. Defects lie together: mostly, eight labels are passed at once. */
export function zerosEnd(labels: ArrayLike<number>, start: number, end: number): number {
  let i = start;
  while (i + 8 <= end && eightZeros(labels, i)) i += 8;
  while (i < end && labels[i] === 0) i++;
  return i;
}

function eightZeros(labels: ArrayLike<number>, i: number): boolean {
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
