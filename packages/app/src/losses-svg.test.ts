import { lossesSvg } from './losses-svg.js';

it('draws a line for each loss, on whole decades', () => {
  const svg = lossesSvg([{ name: 'knowledge', points: [[20, 200], [40, 20]] }, { name: 'a<b', points: [[20, 0.5], [40, 0]] }], 'steps');
  expect(svg.match(/<polyline/g)).toHaveLength(2);
  expect(svg).toContain('a&lt;b');
  for (const label of ['>0.1<', '>1<', '>10<', '>100<', '>1000<', '>steps<', '>40<']) expect(svg).toContain(label);
  expect(svg).not.toMatch(/NaN|Infinity/);
  // Twice the abscissa, one decade lower of four: from 336 rows a decade is 84.
  const [, first, second] = /points="([\d.]+,[\d.]+) ([\d.]+,[\d.]+)"/.exec(svg) ?? [];
  const [[x1, y1], [x2, y2]] = [first, second].map((point) => (point ?? '').split(',').map(Number)) as [[number, number], [number, number]];
  expect(x2 - x1).toBeCloseTo(253, 1);
  expect(y2 - y1).toBeCloseTo(84, 1);
});

it('draws an empty frame of nothing', () => {
  expect(lossesSvg([], 'steps')).not.toMatch(/NaN|Infinity|polyline/);
});
