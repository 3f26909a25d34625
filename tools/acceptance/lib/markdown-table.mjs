// @ts-check

/**
 * A Markdown table; every column but the first is aligned right.
 *
 * @param {readonly string[]} header
 * @param {readonly (readonly (string | number | undefined)[])[]} rows undefined becomes an empty cell
 */
export function markdownTable(header, rows) {
  const line = (/** @type {readonly (string | number | undefined)[]} */ cells) => `| ${cells.map((cell) => cell ?? '').join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/**
 * A number with a fixed count of decimals; undefined and NaN become a dash.
 *
 * @param {number | undefined} value
 * @param {number} decimals
 */
export function fixed(value, decimals) {
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(decimals);
}

/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->`.
 *
 * @param {string} document
 * @param {string} name
 * @param {string} body
 */
export function replaceSection(document, name, body) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = document.indexOf(open);
  const end = document.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`document: expected the marks ${open} and ${close}`);
  return `${document.slice(0, start + open.length)}\n${body.trim()}\n${document.slice(end)}`;
}
