import { parityTable, type Comparison } from './parity-table.mjs';

const one = (label: string, backend: string, error: number | null, tolerance = 1e-3, scale = 2): Comparison => ({
  label,
  backend,
  error,
  tolerance,
  scale,
});

it('shows for each suite the largest share of the tolerance, and each row the largest error by backend', () => {
  const text = parityTable([
    one('flow small z', 'cpu', 1.26e-4),
    one('flow small z', 'wasm', 5e-4),
    one('flow small z', 'wasm', 2e-4),
    one('flow wide z', 'cpu', 2e-5, 1e-5, 30),
    one('metrics ties', 'pure', 0, 0),
  ]);
  expect(text.split('\n')).toEqual([
    '| suite | rows | pure | cpu | wasm |',
    '| --- | ---: | ---: | ---: | ---: |',
    '| flow | 2 | – | 2 (wide z) | 0.5 (small z) |',
    '| metrics | 1 | 0 (ties) | – | – |',
    '',
    '## flow',
    '',
    '| row | largest value | tolerance | cpu | wasm |',
    '| --- | ---: | ---: | ---: | ---: |',
    '| small z | 2 | 0.001 | 1.3e-4 | 5.0e-4 |',
    '| wide z | 30 | 1.0e-5 | 2.0e-5 | – |',
    '',
    '## metrics',
    '',
    '| row | largest value | tolerance | pure |',
    '| --- | ---: | ---: | ---: |',
    '| ties | 2 | 0 | 0 |',
    '',
  ]);
});

it('shows one row a case where a suite has many rows', () => {
  const text = parityTable(Array.from({ length: 40 }, (_, i) => one(`flow case${i % 2} array${i}`, 'cpu', i * 1e-6)));
  expect(text).toContain('| case0 | 2 | 0.001 | 3.8e-5 |');
  expect(text).toContain('| case1 | 2 | 0.001 | 3.9e-5 |');
  expect(text).not.toContain('array7 |');
});

it('puts NaN, and an error where none is allowed, above every other', () => {
  expect(parityTable([one('a x', 'cpu', 1), one('a y', 'cpu', null)])).toContain('| a | 2 | Infinity (y) |');
  expect(parityTable([one('a x', 'cpu', 1), one('a y', 'cpu', 1e-9, 0)])).toContain('| a | 2 | Infinity (y) |');
});
