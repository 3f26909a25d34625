// @ts-check
import { readdirSync } from 'node:fs';

/** @typedef {import('./case.mjs').Case} Case */

/** The order of the issue that asked for them; files of other names follow. */
const order = ['teacher', 'student', 'score', 'backbone', 'whole', 'metrics', 'input', 'wasm'];

/**
 * All cases, from the files of `cases`.
 *
 * @returns {Promise<Case[]>}
 */
export async function loadCases() {
  const folder = new URL('../cases/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.mjs')).map((name) => name.slice(0, -'.mjs'.length));
  const place = (/** @type {string} */ name) => (order.includes(name) ? order.indexOf(name) : order.length);
  names.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  /** @type {Case[]} */
  const cases = [];
  for (const name of names) cases.push(...(await import(new URL(`${name}.mjs`, folder).href)).cases);
  const twice = cases.find(({ name }, i) => cases.some((other, j) => j < i && other.name === name));
  if (twice) throw new Error(`cases: two are called '${twice.name}'`);
  return cases;
}
