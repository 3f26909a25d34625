/** What a table's field may hold; undefined leaves it empty. */
export type CsvField = string | number | boolean | undefined;

/**
 * A table as CSV (RFC 4180, lines ended by a line feed): fields with commas, quotes or line breaks are quoted, numbers are
 * written with all the digits that reading them back needs.
 *
 * @param columns the header, and which field of each row stands where
 * @param rows one record a line
 */
export function toCsv<C extends string>(columns: readonly C[], rows: Iterable<Readonly<Partial<Record<C, CsvField>>>>): string {
  const lines = [columns.map(quoteField).join(',')];
  for (const row of rows) lines.push(columns.map((column) => quoteField(row[column])).join(','));
  return `${lines.join('\n')}\n`;
}

function quoteField(field: CsvField): string {
  const text = field === undefined ? '' : String(field);
  // Spaces at the ends are quoted too: some readers trim them.
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
