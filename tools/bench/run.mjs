// @ts-check
// npm run bench -- [--only CASE] [--json FILE]: ours beside the peer, on the same cores, in the same run.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCases } from './lib/load-cases.mjs';
import { describeMachine, loadWarning } from './lib/machine.mjs';
import { measureCase } from './lib/measure.mjs';
import { cacheFolder, root } from './lib/paths.mjs';
import { findPeer } from './lib/peer.mjs';
import { writePerformance } from './lib/performance-page.mjs';
import { resultTable, rowLine, toRow } from './lib/report.mjs';
import { selectCases } from './lib/select-cases.mjs';
import { machineLines, mergeVersions } from './lib/versions.mjs';

const usage = `npm run bench -- [--only CASE]... [--json FILE] [--pairs N] [--write] [--list]

  --only CASE   a case, or a group of cases; may be given again
  --json FILE   write the results there, as {cases: [{name, ours, peer, ratio, ...}]}, seconds by the median
  --pairs N     exactly this many pairs; by default at least 7, or one where a case says so
  --write       renew the table in docs/performance.md, of the cases that ran
  --list        name the cases and end`;

/** @typedef {import('./lib/case.mjs').Context} Context */

// Ended from outside: the exit handlers end the sides and remove what is temporary.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
process.exitCode = await main();

async function main() {
  /** @type {ReturnType<typeof readOptions>} */
  let options;
  let chosen;
  const all = await loadCases();
  try {
    options = readOptions();
    if (options.help) return console.log(usage), 0;
    chosen = selectCases(all, options.only);
    if (options.list) return console.log(chosen.map(({ name, what, against }) => `${name}: ${what}, against ${against}`).join('\n')), 0;
    if (options.json !== undefined) mustBeWritable(options.json);
  } catch (error) {
    console.error(`bench: ${message(error)}`);
    return 2;
  }
  try {
    return await measureAll(chosen, all.map(({ name }) => name), options);
  } catch (error) {
    console.error(`bench: ${message(error)}`);
    return 1;
  }
}

/**
 * @param {readonly import('./lib/case.mjs').Case[]} cases
 * @param {readonly string[]} names of all cases
 * @param {ReturnType<typeof readOptions>} options
 */
async function measureAll(cases, names, { pairs, json, write }) {
  const cache = await cacheFolder();
  const { python, why } = findPeer(cache);
  const machine = await describeMachine();
  const threads = Math.min(2, machine.cores);
  const say = (/** @type {string} */ line) => console.error(`  ${line}`);
  const warning = loadWarning(machine.busy);
  if (warning) console.error(`bench: ${warning}`);
  if (why) console.error(`bench: ${why}; ours runs alone`);

  /** @type {import('./lib/report.mjs').Row[]} */
  const rows = [];
  /** @type {Record<string, string>} */
  const versions = { node: machine.node };
  for (const one of cases) {
    const folder = mkdtempSync(join(tmpdir(), 'blemish-bench-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    process.once('exit', remove);
    /** @type {Context} */
    const context = { root, folder, cache, python, threads };
    /** @type {import('./lib/measure.mjs').Measured | Error} */
    let outcome;
    try {
      outcome = await measureCase(one, context, { pairs, say });
      mergeVersions(versions, outcome.oursReport['versions'], outcome.peerReport['versions']);
    } catch (error) {
      outcome = error instanceof Error ? error : new Error(String(error));
    }
    remove();
    process.off('exit', remove);
    const row = toRow(one, outcome, new Date().toISOString());
    rows.push(row);
    console.error(rowLine(row));
  }

  console.log(`${machineLines(machine, versions, threads)}\n\n${resultTable(rows)}`);
  const report = { date: new Date().toISOString(), machine, threads, versions, cases: rows };
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  if (write) writePerformance(report, names);
  return rows.some(({ error }) => error !== null) ? 1 : 0;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      pairs: { type: 'string' },
      write: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const pairs = values.pairs === undefined ? undefined : Number(values.pairs);
  if (pairs !== undefined && !(Number.isInteger(pairs) && pairs >= 1)) {
    throw new Error(`--pairs: expected a whole number of at least 1, got '${values.pairs}'`);
  }
  return { ...values, only: values.only, pairs };
}

/** Said before the measurement, not after it. @param {string} file */
function mustBeWritable(file) {
  const existed = existsSync(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, existed ? readFileSync(file) : '', { flag: existed ? 'r+' : 'w' });
}

/** @param {unknown} error */
function message(error) {
  return error instanceof Error ? error.message : String(error);
}
