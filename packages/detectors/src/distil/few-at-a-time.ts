/** How many are worked on at once: enough that decoding has work ahead, few enough that their images are no burden. */
const few = 4;

/**
 * What becomes of each item, in their order, a few at a time: where each takes a decoded image, no more of them are held.
 *
 * @throws the first error; nothing is begun after it
 */
export async function fewAtATime<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += few) {
    results.push(...(await Promise.all(items.slice(at, at + few).map((item, i) => work(item, at + i)))));
  }
  return results;
}
