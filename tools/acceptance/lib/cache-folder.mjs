// @ts-check
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './options.mjs';

/** Blemish's own cache folder on this machine. */
export async function userCacheFolder() {
  const given = process.env['BLEMISH_CACHE'];
  if (given) return resolve(given);
  const require = createRequire(join(root, 'packages/engine/package.json'));
  const { default: envPaths } = await import(pathToFileURL(require.resolve('env-paths')).href);
  return envPaths('blemish', { suffix: '' }).cache;
}

/**
 * Makes an empty cache folder that still finds the native engine, which lives in the cache too.
 *
 * @param {string} folder
 * @returns {Promise<Record<string, string>>} the environment that makes `blemish` use it
 */
export async function privateCache(folder) {
  mkdirSync(folder, { recursive: true });
  const engine = join(await userCacheFolder(), 'native-engine');
  const link = join(folder, 'native-engine');
  if (existsSync(engine) && !existsSync(link)) symlinkSync(engine, link, 'dir');
  return { BLEMISH_CACHE: folder };
}
