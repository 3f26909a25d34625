// @ts-check

/**
 * Rows of a CSV file with a header, by column; fields may be quoted as in RFC 4180.
 *
 * @param {string} text
 * @param {string} [name] what to call the file in an error
 * @returns {Record<string, string>[]}
 */
export function readCsv(text, name = 'csv') {
  const [header, ...rows] = lines(text);
  if (header === undefined) throw new Error(`${name}: expected a header line, the file is empty`);
  return rows.map((fields, i) => {
    if (fields.length !== header.length) {
      throw new Error(`${name}: expected ${header.length} fields in line ${i + 2}, got ${fields.length}`);
    }
    return Object.fromEntries(header.map((column, k) => [column, String(fields[k])]));
  });
}

/** @param {string} text */
function lines(text) {
  /** @type {string[][]} */
  const result = [];
  /** @type {string[]} */
  let fields = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && fields.length === 0 && !quoted && !plain) break; // after the last line's end
    fields.push(quoted === undefined ? String(plain) : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    result.push(fields);
    fields = [];
    if (end === '') break;
  }
  return result;
}
