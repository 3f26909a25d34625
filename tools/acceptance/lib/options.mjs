// @ts-check
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The workspace's root folder. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Parses a tool's options; every one understands `--shared DIR`, `--out DIR` and `--help`.
 *
 * @param {{usage: string, options?: import('node:util').ParseArgsConfig['options'], out?: string}} tool
 * @returns {{shared: string, out: string, values: Record<string, string | boolean | undefined>}}
 */
export function toolOptions({ usage, options = {}, out = 'results' }) {
  const { values } = parseArgs({
    options: { shared: { type: 'string' }, out: { type: 'string', default: out }, help: { type: 'boolean' }, ...options },
  });
  if (values['help']) {
    console.log(`${usage}\n\n--shared DIR   where data, weights and the reference are (default: ../shared)\n--out DIR      where runs go (default: ${out})`);
    process.exit(0);
  }
  const shared = resolve(String(values['shared'] ?? process.env['BLEMISH_SHARED'] ?? resolve(root, '..', 'shared')));
  return { shared, out: resolve(String(values['out'])), values: /** @type {Record<string, string | boolean | undefined>} */ (values) };
}

/**
 * The path of something in the shared folder.
 *
 * @param {string} shared
 * @param {string} path
 */
export function sharedPath(shared, path) {
  const absolute = resolve(shared, path);
  if (!existsSync(absolute)) throw new Error(`${absolute} is not there; --shared DIR says where the shared folder is`);
  return absolute;
}
