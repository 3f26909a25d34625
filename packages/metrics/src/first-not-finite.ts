/** The index of the first score that is NaN or infinite; -1 where all are finite. */
export function firstNotFinite(scores: ArrayLike<number>): number {
  const count = scores.length;
  const whole = count - (count % 4);
  let i = 0;
  while (i < whole && zeroTimes(scores, i) + zeroTimes(scores, i + 1) + zeroTimes(scores, i + 2) + zeroTimes(scores, i + 3) === 0) i += 4;
  while (i < count && zeroTimes(scores, i) === 0) i++;
  return i < count ? i : -1;
}

/** 0, or NaN where the score is NaN or infinite. */
function zeroTimes(scores: ArrayLike<number>, i: number): number {
  return (scores[i] as number) * 0;
}
