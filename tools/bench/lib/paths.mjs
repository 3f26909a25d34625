// @ts-check
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The workspace's folder. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** @param {string} path inside tools/bench */
export function inBench(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** The user's cache folder of Blemish, as the engine package has it. */
export async function cacheFolder() {
  const { resolve } = createRequire(new URL('../../../packages/engine/package.json', import.meta.url));
  const { default: envPaths } = await import(pathToFileURL(resolve('env-paths')).href);
  return process.env['BLEMISH_CACHE'] || envPaths('blemish', { suffix: '' }).cache;
}
