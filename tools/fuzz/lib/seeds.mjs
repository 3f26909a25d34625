// @ts-check
import { readFileSync } from 'node:fs';

/**
 * The small valid files from which inputs are made.
 * @param {import('./options.mjs').Format} format
 * @returns {Uint8Array[]}
 */
export function seedsOf(format) {
  const all = JSON.parse(readFileSync(new URL('../seeds.json', import.meta.url), 'utf8'));
  return Object.values(all[format]).map((text) => Uint8Array.from(Buffer.from(String(text), 'base64')));
}
