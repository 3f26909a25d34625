// @ts-check

/**
 * @typedef {import('./case.mjs').Case} Case
 * @typedef {import('./measure.mjs').Measured} Measured
 * @typedef {import('./statistics.mjs').Timing} Timing
 *
 * @typedef {object} Row what is kept of a case: one entry of the JSON file
 * @property {string} name
 * @property {string} group
 * @property {string} what
 * @property {string} against
 * @property {number | null} ours median seconds; null where the case failed
 * @property {number | null} peer median seconds
 * @property {number | null} ratio peer / ours
 * @property {number | null} must
 * @property {number | null} goal
 * @property {{ours: Timing | null, peer: Timing | null}} timings
 * @property {Record<string, number> | null} errors
 * @property {string | null} checked
 * @property {number | null} others cores that other programs kept busy while this was timed
 * @property {string | null} variant which of its ways the peer took
 * @property {string | null} error why it failed
 * @property {string} date
 */

/**
 * @param {Case} one
 * @param {Measured | Error} outcome
 * @param {string} date
 * @returns {Row}
 */
export function toRow({ name, group, what, against, must, goal }, outcome, date) {
  const failed = outcome instanceof Error;
  return {
    name,
    group,
    what,
    against,
    ours: failed ? null : outcome.ours.median,
    peer: failed ? null : (outcome.peer?.median ?? null),
    ratio: failed ? null : (outcome.ratio ?? null),
    must: must ?? null,
    goal: goal ?? null,
    timings: failed ? { ours: null, peer: null } : { ours: outcome.ours, peer: outcome.peer ?? null },
    errors: failed ? null : (outcome.errors ?? null),
    checked: failed ? null : (outcome.checked ?? null),
    others: failed ? null : (outcome.others ?? null),
    variant: failed || typeof outcome.peerReport['variant'] !== 'string' ? null : outcome.peerReport['variant'],
    error: failed ? outcome.message : null,
    date,
  };
}

/** One line of a case, for who watches. @param {Row} row */
export function rowLine(row) {
  if (row.error !== null) return `${row.name}: FAILED ${row.error}`;
  const { ours, peer } = row.timings;
  const parts = [`ours ${ours && sideText(ours)}`];
  if (peer) parts.push(`${row.against} ${sideText(peer)}${row.variant ? `, ${row.variant}` : ''}`, `ratio ${ratioText(row)}`);
  if (isDisturbed(row)) parts.push(`DISTURBED: other programs kept ${row.others?.toFixed(2)} cores busy`);
  return `${row.name}: ${parts.join(' | ')}`;
}

/**
 * The table of performance.md, also printed at the end of a run.
 *
 * @param {readonly Row[]} rows
 * @returns {string}
 */
export function resultTable(rows) {
  const note = rows.some(isDisturbed) ? '\n\n\\* other programs kept more than a tenth of a core busy meanwhile' : '';
  const body = table(
    ['case', 'what', 'peer', 'ours', 'least', 'GFLOP/s', 'MiB', 'peer', 'least', 'GFLOP/s', 'MiB', 'ratio'],
    rows.map((row) => {
      const { ours, peer } = row.timings;
      if (row.error !== null) return [row.name, row.what, row.against, 'failed', ...Array.from({ length: 8 }, () => '–')];
      return [row.name, row.what, row.variant ? `${row.against}, ${row.variant}` : row.against, ...cells(ours), ...cells(peer), `${ratioText(row)}${isDisturbed(row) ? ' *' : ''}`];
    }),
  );
  return body + note;
}

/** @param {Row} row */
function isDisturbed({ others }) {
  return others !== null && others > 0.1;
}

/** The ratio, and how it stands to what was asked for. @param {Pick<Row, 'ratio' | 'must' | 'goal'>} row */
export function ratioText({ ratio, must, goal }) {
  if (ratio === null) return '–';
  const text = ratio.toFixed(2);
  if (goal !== null && ratio >= goal) return `${text} (goal ${goal} reached)`;
  if (must === null && goal === null) return text;
  const wanted = [must === null ? '' : `must ${must}${ratio >= must ? '' : ' MISSED'}`, goal === null ? '' : `goal ${goal}`];
  return `${text} (${wanted.filter(Boolean).join(', ')})`;
}

/**
 * Seconds in three digits, in the unit that suits them.
 *
 * @param {number} seconds
 */
export function secondsText(seconds) {
  if (seconds >= 100) return `${seconds.toFixed(0)} s`;
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`;
  return seconds >= 0.1 ? `${(seconds * 1000).toFixed(0)} ms` : `${(seconds * 1000).toPrecision(3)} ms`;
}

/** @param {Timing} timing */
function sideText({ median, minimum, gflops, peakBytes }) {
  const rest = [gflops === undefined ? '' : `${gflops.toFixed(0)} GFLOP/s`, peakBytes === undefined ? '' : `${mebibytes(peakBytes)} MiB`];
  return [`${secondsText(median)} (least ${secondsText(minimum)})`, ...rest.filter(Boolean)].join(', ');
}

/** @param {Timing | null} timing */
function cells(timing) {
  if (timing === null) return ['–', '–', '–', '–'];
  const { median, minimum, gflops, peakBytes } = timing;
  return [secondsText(median), secondsText(minimum), gflops?.toFixed(0) ?? '–', peakBytes === undefined ? '–' : mebibytes(peakBytes)];
}

/** @param {number} bytes */
function mebibytes(bytes) {
  return (bytes / 2 ** 20).toFixed(0);
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i < 3 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const [begin, end] = ['<!-- bench: begin, written by `npm run bench -- --write`; do not edit -->', '<!-- bench: end -->'];

/**
 * A document with the part between its two marks replaced, or appended where it has none.
 *
 * @param {string} document
 * @param {string} section
 */
export function replaceSection(document, section) {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  const whole = `${begin}\n${section}\n${end}`;
  if (from < 0 || to < from) return `${document.trimEnd()}\n\n${whole}\n`.trimStart();
  return document.slice(0, from) + whole + document.slice(to + end.length);
}

/**
 * Rows of earlier runs with those of this one in their places; what no case file names any more is left out.
 *
 * @param {readonly Row[]} earlier
 * @param {readonly Row[]} fresh
 * @param {readonly string[]} names of all cases, in order
 */
export function mergeRows(earlier, fresh, names) {
  const byName = new Map([...earlier, ...fresh].map((row) => [row.name, row]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
