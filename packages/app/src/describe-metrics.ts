/** Metrics as a few lines for people. */
export function describeMetrics(
  values: Readonly<Record<string, number>>,
  missing: Readonly<Record<string, string>>,
  evalSize: number | undefined,
): string {
  const size = evalSize === undefined ? 'the ground truth’s own size' : `${evalSize} x ${evalSize}`;
  const lines = Object.entries(values).map(([name, value]) => `  ${name.padEnd(20)} ${value.toFixed(4)}`);
  const gaps = Object.entries(missing).map(([name, why]) => `  ${name.padEnd(20)} none: ${why}`);
  return [`metrics (pixels at ${size}):`, ...lines, ...gaps].join('\n');
}
