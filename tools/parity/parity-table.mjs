/** @typedef {{ label: string, backend: string, error: number | null, tolerance: number, scale: number }} Comparison one line that `expectClose` wrote; JSON has no NaN, an error of NaN is null */

const BACKENDS = ['pure', 'cpu', 'wasm', 'native', 'webgpu', 'gpu'];
/** A suite of more rows than this shows one row a case (the first two words of its labels), not one a label. */
const MANY_ROWS = 30;

/**
 * The table of largest errors as Markdown: a summary, then a section a suite (the first word of a label).
 *
 * @param {readonly Comparison[]} comparisons
 * @returns {string}
 */
export function parityTable(comparisons) {
  const suites = groupBy(comparisons, ({ label }) => label.split(' ')[0]);
  const columns = BACKENDS.filter((backend) => comparisons.some((one) => one.backend === backend));
  const summary = [...suites].sort().map(([suite, all]) => [
    suite,
    `${new Set(all.map(({ label }) => label)).size}`,
    ...columns.map((backend) => {
      const worst = worstOf(all.filter((one) => one.backend === backend));
      return worst ? `${digits(share(worst))} (${name(worst, suite)})` : '–';
    }),
  ]);
  const sections = [...suites].sort().flatMap(([suite, all]) => ['', `## ${suite}`, '', ...suiteTable(suite, all)]);
  return [...table(['suite', 'rows', ...columns], summary), ...sections, ''].join('\n');
}

/** One row a label, or a case where there are many: largest value, tolerance, and the largest error on each backend. */
function suiteTable(suite, comparisons) {
  const many = new Set(comparisons.map(({ label }) => label)).size > MANY_ROWS;
  const rows = groupBy(comparisons, ({ label }) => (many ? label.split(' ').slice(0, 2).join(' ') : label));
  const columns = BACKENDS.filter((backend) => comparisons.some((one) => one.backend === backend));
  return table(
    [many ? 'case' : 'row', 'largest value', 'tolerance', ...columns],
    [...rows].map(([label, all]) => {
      const worst = worstOf(all);
      const errors = columns.map((backend) => worstOf(all.filter((one) => one.backend === backend)));
      return [
        label.slice(suite.length).trim() || suite,
        digits(worst.scale),
        digits(worst.tolerance),
        ...errors.map((one) => (one ? digits(one.error ?? NaN) : '–')),
      ];
    }),
  );
}

/** The comparison that comes closest to its tolerance, or passes it by most. */
function worstOf(comparisons) {
  return comparisons.reduce((worst, one) => (worst && share(worst) >= share(one) ? worst : one), undefined);
}

/** Error as a share of the tolerance; an error where none is allowed, and NaN, are infinitely bad. */
function share({ error, tolerance }) {
  return error === 0 ? 0 : (error ?? Infinity) / tolerance;
}

function name({ label }, suite) {
  return label.slice(suite.length).trim() || suite;
}

/** Two digits: enough to compare, few enough to read. */
function digits(value) {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && value < 1e-3) return value.toExponential(1);
  return String(Number(value.toPrecision(2)));
}

/** @template T @param {readonly T[]} items @param {(item: T) => string} keyOf @returns {Map<string, T[]>} */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)];
}
