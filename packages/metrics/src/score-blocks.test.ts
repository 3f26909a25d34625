import { mulberry32 } from '@blemish-tools/jest';
import { DIGITS, digitFromTop, startOf, type ScoreBlock } from './score-block.js';
import { createScoreBlocks } from './score-blocks.js';
import type { Scores } from './scores.js';

/** The scores from the top, digit by digit, each with its group; blocks one after the other inside a digit. */
function fromTop(blocks: readonly ScoreBlock[]): { score: number; group: number; digit: number }[] {
  return Array.from({ length: DIGITS }, (_, place) => digitFromTop(place)).flatMap((digit) =>
    blocks.flatMap((block) =>
      Array.from({ length: (block.ends[digit] as number) - startOf(block, digit) }, (_, i) => {
        const at = startOf(block, digit) + i;
        return { score: block.scores[at] as number, group: block.firstGroup + (block.groups[at] ?? 0), digit };
      }),
    ),
  );
}

it.each([
  ['float32', (values: number[]): Scores => Float32Array.from(values)],
  ['float64', (values: number[]): Scores => Float64Array.from(values)],
])('holds each score once, with its group, higher ones at a digit no lower: %s', (_, make) => {
  const random = mulberry32(3);
  const scores = make(Array.from({ length: 5000 }, () => (random() - 0.5) * 10 ** Math.floor(8 * random() - 4)));
  const store = createScoreBlocks();
  const groupOf = (i: number): number => 40 + Math.floor(i / 10); // more than 256 of them
  for (let i = 0; i < scores.length; i += 10) store.addRange(scores, i, i + 10, groupOf(i));
  const all = fromTop(store.seal());
  expect(all).toHaveLength(scores.length);
  const groups = new Map([...scores].map((score, i) => [score, groupOf(i)]));
  for (const { score, group } of all) expect(group).toBe(groups.get(score));
  const digits = all.map(({ digit }) => digit);
  const lowest = digits.map((digit) => Math.min(...all.filter((one) => one.digit === digit).map(({ score }) => score)));
  all.forEach(({ digit, score }, i) => {
    if (i > 0 && digit !== digits[i - 1]) expect(score).toBeLessThan(lowest[i - 1] as number);
  });
});

it('takes scores of both kinds, also after it was read, and puts -0 with 0', () => {
  const store = createScoreBlocks();
  store.addRange(Float32Array.of(9, -0, 9), 1, 2);
  expect(store.seal()).toHaveLength(1);
  store.addRange(Float64Array.of(0, -1), 0, 2);
  store.addRange(Float32Array.of(2), 0, 1);
  expect(store.count).toBe(4);
  expect(fromTop(store.seal()).map(({ score }) => score)).toEqual([2, 0, 0, -1]);
});

it('picks by label', () => {
  const scores = Float32Array.from({ length: 40 }, (_, i) => i);
  const labels = Array.from(scores, (i) => (i > 18 && i % 3 === 0 ? 1 : 0));
  for (const [which, label] of [['zero', 0], ['other', 1]] as const) {
    const store = createScoreBlocks();
    store.addLabelled(scores, labels, which);
    const values = fromTop(store.seal()).map(({ score }) => score);
    expect(values.sort((a, b) => a - b)).toEqual([...scores].filter((_, i) => labels[i] === label));
  }
});

it('picks by label over several blocks', () => {
  const scores = Float32Array.from({ length: 5 << 19 }, (_, i) => (i % 1000) / 8);
  const labels = Uint8Array.from(scores, (score) => (score < 10 ? 1 : 0));
  const store = createScoreBlocks();
  store.addLabelled(scores, labels, 'zero');
  const blocks = store.seal();
  expect(blocks.length).toBeGreaterThan(1);
  const held = blocks.flatMap((block) => [block.firstGroup, ...block.scores]).reduce((sum, value) => sum + value, 0);
  expect(held).toBe(scores.reduce((sum, score) => sum + (score < 10 ? 0 : score), 0));
});

it('takes little more memory than the bits: 4 bytes a score, one for its group, a quarter for the digits', () => {
  const scores = new Float32Array(1 << 20);
  const store = createScoreBlocks();
  for (let i = 0; i < 4; i++) for (let group = 0; group < 64; group++) store.addRange(scores, group << 14, (group + 1) << 14, 64 * i + group);
  const bytes = store.seal().reduce((sum, { scores: held, ends, groups }) => sum + held.byteLength + ends.byteLength + groups.byteLength, 0);
  expect(store.count).toBe(1 << 22);
  expect(bytes / store.count).toBeLessThan(5.3);
});
