/** The index of the first score that is NaN or infinite; -1 where all are finite. */
export function firstNotFinite(scores: ArrayLike<number>): number {
  if (scores instanceof Float32Array && allFinite(new Int32Array(scores.buffer, scores.byteOffset, scores.length))) return -1;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (score - score !== 0) return i;
  }
  return -1;
}

/** NaN and the infinities have all bits of the exponent: adding 1 to it carries into the sign's place. Four scores a turn (see `sortByDigit`). */
function allFinite(bits: Int32Array): boolean {
  const whole = bits.length - (bits.length % 4);
  let carried = 0;
  for (let i = 0; i < whole; i += 4) carried |= carry(bits[i] as number) | carry(bits[i + 1] as number) | carry(bits[i + 2] as number) | carry(bits[i + 3] as number);
  for (let i = whole; i < bits.length; i++) carried |= carry(bits[i] as number);
  return carried >= 0;
}

function carry(bits: number): number {
  return ((bits & 0x7fffffff) + 0x00800000) | 0;
}
