/**
 * A learning rate that falls from `start` to 0 along half a cosine (Loshchilov and Hutter, ICLR 2017, without restarts).
 *
 * @param steps of the whole training
 * @returns the rate of step 1, 2 ... `steps`; 0 beyond
 */
export function cosineRate(start: number, steps: number): (step: number) => number {
  return (step) => (start / 2) * (1 + Math.cos(Math.PI * Math.min(1, (step - 1) / steps)));
}
