import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchWheel } from './fetch-wheel.mjs';
import { checkAddon } from './install-from-npm.mjs';
import { nodeGyp } from './node-gyp.mjs';
import { npm, run } from './run.mjs';
import { unpackWheel } from './unpack-wheel.mjs';
import { tfjsVersion } from './versions.mjs';

/**
 * tfjs-node from the package registries alone: its sources from npm, TensorFlow's C library out of the Python wheel, and
 * the addon that joins them compiled here.
 *
 * @param {string} folder where it goes, as `folder/tfjs-node`
 * @param {string | undefined} givenWheel a wheel that the user has already
 * @param {(line: string) => void} say
 * @returns {Promise<Record<string, string>>} what it is, for the manifest
 */
export async function buildFromPypi(folder, givenWheel, say) {
  await run(process.env.CXX ?? 'c++', ['--version']).catch((cause) => {
    throw new Error('a C++ compiler and make are needed to build the addon (on Debian: build-essential)', { cause });
  });
  const wheel = await fetchWheel(folder, givenWheel, say);

  say(`npm fetches @tensorflow/tfjs-node ${tfjsVersion}, without running its install script`);
  const root = join(folder, 'tfjs-node');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  await npm(['pack', `@tensorflow/tfjs-node@${tfjsVersion}`, '--ignore-scripts', '--pack-destination', folder], { cwd: folder });
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  await run('tar', ['-xzf', tarball, '-C', root, '--strip-components=1']);
  rmSync(tarball);

  say(`${wheel.name}: unpacking TensorFlow's library (850 MB)`);
  await unpackWheel(wheel.path, root);
  rmSync(join(folder, 'wheel'), { recursive: true, force: true });

  say('node-gyp builds the addon');
  await nodeGyp(root, ['--module_name=tfjs_binding', `--module_path=${join(root, 'lib', 'napi-v8')}`, '--napi_build_version=8']);
  for (const leftover of ['build', 'deps/include', 'deps/lib/libtensorflow.so', 'deps/lib/libtensorflow_framework.so']) {
    rmSync(join(root, leftover), { recursive: true, force: true });
  }
  await buildQuiet(folder);
  return { source: 'pypi', 'tfjs-node': tfjsVersion, tensorflow: await checkAddon(root), wheel: wheel.name, wheelSha256: wheel.sha256 };
}

/**
 * The small addon that opens TensorFlow's library without its greeting (quiet/quiet.c).
 *
 * @param {string} folder
 */
async function buildQuiet(folder) {
  const work = join(folder, 'quiet');
  cpSync(fileURLToPath(new URL('./quiet', import.meta.url)), work, { recursive: true });
  await nodeGyp(work);
  renameSync(join(work, 'build', 'Release', 'quiet.node'), join(folder, 'quiet.node'));
  rmSync(work, { recursive: true });
}
