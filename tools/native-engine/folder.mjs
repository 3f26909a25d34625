import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tfjsVersion } from './versions.mjs';

/**
 * Where the native engine of this platform stands when it is complete, as `@blemish/engine/node` has it.
 *
 * @returns {Promise<string>}
 */
export async function engineFolder() {
  return join(await parentFolder(), `tfjs-node-${tfjsVersion}-${process.platform}-${process.arch}`);
}

/**
 * Where our own kernels stand, beside the engine that they work in.
 *
 * @returns {Promise<string>}
 */
export async function kernelsFolder() {
  return join(await parentFolder(), `kernels-${process.platform}-${process.arch}`);
}

async function parentFolder() {
  // The engine package's own env-paths: where it looks is where we put things.
  const { resolve } = createRequire(new URL('../../packages/engine/package.json', import.meta.url));
  const { default: envPaths } = await import(pathToFileURL(resolve('env-paths')).href);
  return join(process.env.BLEMISH_CACHE || envPaths('blemish', { suffix: '' }).cache, 'native-engine');
}

/**
 * A fresh folder beside the engine's, named after this process; those of processes that are gone are removed.
 *
 * @param {string} engine the engine's folder
 */
export function createWorkFolder(engine) {
  const parent = dirname(engine);
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const id = /^\.making-(\d+)$/.exec(name)?.[1];
    if (id !== undefined && !isRunning(Number(id))) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const folder = join(parent, `.making-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

/** @param {number} id */
function isRunning(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
