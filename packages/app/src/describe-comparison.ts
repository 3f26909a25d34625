import type { ComparedMetric } from './compare-with-baselines.js';

/** A model beside the baselines as a table for people. */
export function describeComparison(model: string, metrics: readonly ComparedMetric[]): string {
  const rows = metrics.map(({ name, value, best }) => [name, number(value), number(best?.value), best?.baseline ?? '']);
  const table = [['', model, 'best baseline', ''], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => (row[column] as string).length)));
  return table
    .map(([name = '', own = '', other = '', baseline = '']) => {
      const [first = 0, second = 0, third = 0] = widths;
      return `${name.padEnd(first)}  ${own.padStart(second)}  ${other.padStart(third)}  ${baseline}`.trimEnd();
    })
    .join('\n');
}

function number(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(3);
}
