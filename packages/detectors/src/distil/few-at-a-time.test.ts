import { fewAtATime } from './few-at-a-time.js';

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

it('keeps the order and has no more than four in hand', async () => {
  let [inHand, most] = [0, 0];
  const doubled = await fewAtATime([3, 1, 4, 1, 5, 9, 2, 6, 5], async (item, index) => {
    most = Math.max(most, ++inHand);
    await later();
    inHand--;
    return [index, 2 * item];
  });
  expect(doubled).toEqual([3, 1, 4, 1, 5, 9, 2, 6, 5].map((item, i) => [i, 2 * item]));
  expect(most).toBe(4);
  expect(await fewAtATime([], later)).toEqual([]);
});

it('begins nothing after an error', async () => {
  const begun: number[] = [];
  const work = (item: number): Promise<void> => {
    begun.push(item);
    return item === 2 ? Promise.reject(new Error('two')) : later();
  };
  await expect(fewAtATime([0, 1, 2, 3, 4, 5], work)).rejects.toThrow('two');
  await later();
  expect(begun).toEqual([0, 1, 2, 3]);
});
