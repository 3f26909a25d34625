// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { mergeRows, replaceSection, resultTable } from './report.mjs';
import { machineLines } from './versions.mjs';

/** @typedef {import('./report.mjs').Row} Row */

/**
 * Renews the numbers of docs/performance.md: cases that ran replace their earlier results in docs/results/bench.json, and
 * the table is made from all of them.
 *
 * @param {{date: string, machine: import('./machine.mjs').Machine, threads: number, versions: Record<string, string>, cases: readonly Row[]}} report
 * @param {readonly string[]} names of all cases, in order
 */
export function writePerformance(report, names) {
  const [page, kept] = [join(root, 'docs/performance.md'), join(root, 'docs/results/bench.json')];
  const earlier = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : { cases: [] };
  const cases = mergeRows(earlier.cases, report.cases, names);
  mkdirSync(dirname(kept), { recursive: true });
  const versions = { ...earlier.versions, ...report.versions }; // of all cases, those that did not run now too
  writeFileSync(kept, `${JSON.stringify({ ...report, versions, cases }, null, 2)}\n`);
  const days = [...new Set(cases.map(({ date }) => date.slice(0, 10)))].sort();
  const section = [
    `Measured ${days.length < 2 ? (days[0] ?? '') : `${days[0]} to ${days.at(-1)}`} by \`npm run bench\`.`,
    ...machineLines(report.machine, versions, report.threads).split('\n'),
    '',
    resultTable(cases),
  ].join('\n');
  writeFileSync(page, replaceSection(existsSync(page) ? readFileSync(page, 'utf8') : '# Performance\n', section));
  console.error('bench: docs/performance.md renewed');
}
