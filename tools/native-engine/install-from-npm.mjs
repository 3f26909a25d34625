import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, run } from './run.mjs';
import { tfjsVersion } from './versions.mjs';

/**
 * The normal install of tfjs-node: its install script downloads TensorFlow's C library and a prebuilt addon from the
 * addresses that the package names.
 *
 * @param {string} folder where it goes, as `folder/tfjs-node`
 * @returns {Promise<Record<string, string>>} what it is, for the manifest
 */
export async function installFromNpm(folder) {
  const work = join(folder, 'npm');
  mkdirSync(work);
  writeFileSync(join(work, 'package.json'), '{ "private": true }\n');
  const parameters = ['install', `@tensorflow/tfjs-node@${tfjsVersion}`, '--prefix', work, '--no-audit', '--no-fund', '--foreground-scripts'];
  await npm(parameters, { cwd: work, lastLines: 40 }).catch((cause) => {
    // The install script ends with a stack trace; the line that says why is in its middle.
    throw new Error(/^\s*(Error: .+)$/m.exec(cause.message)?.[1] ?? cause.message, { cause });
  });
  renameSync(join(work, 'node_modules', '@tensorflow', 'tfjs-node'), join(folder, 'tfjs-node'));
  rmSync(work, { recursive: true });
  return { source: 'npm', 'tfjs-node': tfjsVersion, tensorflow: await checkAddon(join(folder, 'tfjs-node')) };
}

/**
 * Holds a copy of tfjs-node to what is asked of it: an addon that loads and adds two numbers.
 *
 * @param {string} root the package's folder
 * @returns {Promise<string>} TensorFlow's version
 */
export async function checkAddon(root) {
  const lib = join(root, 'lib');
  const addon = existsSync(lib) ? readdirSync(lib, { recursive: true }).map(String).find((name) => name.endsWith('.node')) : undefined;
  if (addon === undefined) throw new Error(`${root} has no addon: the install script did not finish its work`);
  const check = fileURLToPath(new URL('./check-addon.mjs', import.meta.url));
  return (await run(process.execPath, [check, join(lib, addon)])).trim().split('\n').at(-1) ?? '';
}
