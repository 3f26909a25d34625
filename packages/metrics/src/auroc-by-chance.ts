/** Standard normal quantile of 97.5 %. */
const z = 1.959964;

/**
 * The AUROC that scores without sense stay below 39 times out of 40, for so many images: one half and 1.96 standard
 * deviations of U / mn, where U counts the pairs of a defective and a good image that stand in the right order and the labels
 * are dealt at random: its variance is mn(m + n + 1)/12 (Mann and Whitney, Annals of Mathematical Statistics 18, 1947, section 4).
 * Cut at 1, which so few images as 2 and 2 may reach by chance. U is taken as normal: for few images, chance lies above the
 * bound up to twice as often. Ties only narrow what chance reaches.
 *
 * @param positives m, defective images
 * @param negatives n, good images
 * @throws Error for a count that is no whole number above 0
 */
export function aurocByChance(positives: number, negatives: number): number {
  for (const [name, count] of Object.entries({ positives, negatives })) {
    if (!(Number.isSafeInteger(count) && count > 0)) throw new Error(`aurocByChance: expected a whole number of ${name} above 0, got ${count}`);
  }
  return Math.min(1, 0.5 + z * Math.sqrt((positives + negatives + 1) / (12 * positives * negatives)));
}
