import { mergeRows, ratioText, replaceSection, resultTable, rowLine, secondsText, toRow, type Row } from './lib/report.mjs';
import { timing } from './lib/statistics.mjs';

const one = { name: 'student 256', group: 'student', what: 'a step', against: 'PyTorch', must: 1, goal: 1.4 } as Parameters<typeof toRow>[0];

function measured(ours: number[], peer?: number[], more: object = {}): Parameters<typeof toRow>[1] {
  const [a, b] = [timing(ours, { flops: 1e9, peakBytes: 2 ** 20 }), peer && timing(peer)];
  const ratio = b && b.median / a.median;
  return { ours: a, peer: b, ratio, errors: { y: 1e-6 }, checked: undefined, others: 0, oursReport: {}, peerReport: { variant: 'NCHW' }, trials: {}, ...more };
}

it('keeps medians in seconds and their ratio at the top of a row', () => {
  expect(toRow(one, measured([2, 1, 3], [3, 4, 5]), 'now')).toMatchObject({
    ...{ name: 'student 256', ours: 2, peer: 4, ratio: 2, must: 1, goal: 1.4, variant: 'NCHW', error: null, date: 'now' },
    timings: { ours: { minimum: 1, seconds: [2, 1, 3] }, peer: { minimum: 3 } },
  });
});

it('tells a case in one line: both sides, ours alone, failed, disturbed', () => {
  const line = (outcome: Parameters<typeof toRow>[1]): string => rowLine(toRow(one, outcome, 'now'));
  expect(line(measured([2], [4]))).toBe(
    'student 256: ours 2.00 s (least 2.00 s), 1 GFLOP/s, 1 MiB | PyTorch 4.00 s (least 4.00 s), NCHW | ratio 2.00 (goal 1.4 reached)',
  );
  expect(line(measured([0.0123]))).toBe('student 256: ours 12.3 ms (least 12.3 ms), 81 GFLOP/s, 1 MiB');
  expect(line(new Error('no'))).toBe('student 256: FAILED no');
  expect(line(measured([2], [4], { others: 0.52 }))).toContain('DISTURBED: other programs kept 0.52 cores busy');
});

it('says how a ratio stands to what was asked for', () => {
  expect(ratioText({ ratio: null, must: 1, goal: 2 })).toBe('–');
  expect(ratioText({ ratio: 1.234, must: null, goal: null })).toBe('1.23');
  expect(ratioText({ ratio: 0.9, must: 1, goal: 2 })).toBe('0.90 (must 1 MISSED, goal 2)');
  expect(ratioText({ ratio: 1.5, must: 1, goal: 2 })).toBe('1.50 (must 1, goal 2)');
  expect(ratioText({ ratio: 2.5, must: 1, goal: null })).toBe('2.50 (must 1)');
  expect(ratioText({ ratio: 2, must: 1, goal: 2 })).toBe('2.00 (goal 2 reached)');
});

it.each([
  [123.4, '123 s'],
  [12.34, '12.3 s'],
  [0.4567, '457 ms'],
  [0.01234, '12.3 ms'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});

it('makes a table with a row a case', () => {
  const lines = resultTable([toRow(one, measured([2], [4]), 'now'), toRow(one, new Error('no'), 'now')]).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[2]).toBe('| student 256 | a step | PyTorch, NCHW | 2.00 s | 2.00 s | 1 | 1 | 4.00 s | 4.00 s | – | – | 2.00 (goal 1.4 reached) |');
  expect(lines[3]).toContain('| failed |');
  expect(new Set(lines.map((line) => line.split('|').length)).size).toBe(1);
});

it('replaces its section of a page and leaves the rest', () => {
  const first = replaceSection('# Performance\n\nWords.\n', 'table 1');
  expect(first).toMatch(/^# Performance\n\nWords\.\n\n<!-- bench: begin.*-->\ntable 1\n<!-- bench: end -->\n$/);
  expect(replaceSection(`${first}\nMore words.\n`, 'table 2')).toBe(`${first.replace('table 1', 'table 2')}\nMore words.\n`);
});

it('keeps the results of cases that did not run, in the order of all cases', () => {
  const row = (name: string, date: string): Row => ({ ...toRow(one, measured([1]), date), name });
  const merged = mergeRows([row('a', 'old'), row('b', 'old'), row('gone', 'old')], [row('b', 'new'), row('c', 'new')], ['c', 'a', 'b', 'd']);
  expect(merged.map(({ name, date }) => `${name} ${date}`)).toEqual(['c new', 'a old', 'b new']);
});
