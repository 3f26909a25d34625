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
 * A path as the reader of the repository knows it: below `../shared` or below the workspace.
 *
 * @param {string} text
 * @param {string} shared
 */
export function portable(text, shared) {
  return text.replaceAll(`${shared}/`, '../shared/').replaceAll(root, '');
}
