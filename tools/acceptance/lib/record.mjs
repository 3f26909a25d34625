// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { replaceSection } from './markdown-table.mjs';
import { root } from './options.mjs';

/**
 * Commits-to-be: numbers into docs/results/NAME.json, the same as tables into docs/reproduction.md.
 *
 * @param {string} name
 * @param {unknown} numbers
 * @param {string} markdown
 */
export function record(name, numbers, markdown) {
  const file = resolve(root, 'docs/results', `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(numbers, null, 1)}\n`);
  const page = resolve(root, 'docs/reproduction.md');
  writeFileSync(page, replaceSection(readFileSync(page, 'utf8'), name, markdown));
  console.error(`wrote ${file} and the section '${name}' of ${page}`);
}

/**
 * A command as the reader of the repository would type it: folders of this machine by their usual names.
 *
 * @param {string} text
 * @param {{shared: string, out: string}} folders
 */
export function portable(text, { shared, out }) {
  return text.replaceAll(shared, '../shared').replaceAll(out, 'results').replaceAll(root, '');
}
