import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from './run.mjs';

/**
 * Builds the binding.gyp of a folder.
 *
 * @param {string} folder
 * @param {readonly string[]} [parameters]
 */
export async function nodeGyp(folder, parameters = []) {
  const script = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js');
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  // Where the running Node brings no headers of its own, node-gyp fetches them from nodejs.org.
  const headers = existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
  const env = { ...process.env, CXXFLAGS: `${process.env.CXXFLAGS ?? ''} -std=c++17`.trim() };
  await run(process.execPath, [script, 'configure', 'build', ...headers, ...parameters], { cwd: folder, env, lastLines: 20 });
}
