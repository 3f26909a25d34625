// npm run engine:native [-- --wheel FILE] [--source npm|pypi] [--force]
// Puts tfjs-node with TensorFlow's C library into the user's cache folder, where `@blemish/engine/node` finds it.
import { existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildFromPypi } from './build-from-pypi.mjs';
import { buildKernels } from './build-kernels.mjs';
import { createWorkFolder, engineFolder } from './folder.mjs';
import { installFromNpm } from './install-from-npm.mjs';
import { checkManifest, writeManifest } from './manifest.mjs';
import { neededBytes, tfjsVersion } from './versions.mjs';

const usage = `npm run engine:native -- [--source npm|pypi] [--wheel FILE] [--force]

  --source npm    only the normal install of @tensorflow/tfjs-node, whose script downloads from Google's storage
  --source pypi   only the build from the npm and PyPI registries; by default this follows where the first one fails
  --wheel FILE    TensorFlow's wheel, already downloaded (implies --source pypi)
  --force         install again, even where a complete engine is found`;

/** @param {string} line */
const say = (line) => console.log(`engine:native: ${line}`);

try {
  await provision();
} catch (error) {
  console.error(`engine:native: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function provision() {
  const { values } = parseArgs({
    options: {
      source: { type: 'string' },
      wheel: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const source = values.wheel === undefined ? values.source : 'pypi';
  if (source !== undefined && source !== 'npm' && source !== 'pypi') throw new Error(`--source: expected npm or pypi, got ${source}`);

  const folder = await engineFolder();
  await provisionEngine(folder, source, values);
  await buildKernels(folder, say, values.force).catch((error) => {
    // The engine is whole without them.
    say(`our own kernels could not be built, the engine works without them, slower: ${error instanceof Error ? error.message : error}`);
  });
}

/**
 * @param {string} folder
 * @param {'npm' | 'pypi' | undefined} source
 * @param {{ force?: boolean, wheel?: string }} values
 */
async function provisionEngine(folder, source, values) {
  if (existsSync(folder) && !values.force) {
    const fault = await checkManifest(folder);
    if (fault === undefined) return say(`${folder} is complete: every file has the hash it was installed with`);
    say(`${folder} is not usable (${fault}): installing it again`);
  }
  const work = createWorkFolder(folder);
  process.once('SIGINT', () => {
    rmSync(work, { recursive: true, force: true });
    process.exit(130);
  });
  try {
    const { bavail, bsize } = statfsSync(work);
    if (bavail * bsize < neededBytes) throw new Error(`${work} has ${gigabytes(bavail * bsize)} free, ${gigabytes(neededBytes)} are needed`);
    const from = await install(work, source, values.wheel);
    say('writing the manifest');
    await writeManifest(work, { ...from, node: process.version, date: new Date().toISOString() });
    if (existsSync(folder)) renameSync(folder, `${work}-old`);
    renameSync(work, folder);
    say(`done: TensorFlow ${from.tensorflow} in ${folder}`);
  } finally {
    for (const rest of [work, `${work}-old`]) rmSync(rest, { recursive: true, force: true });
  }
}

/**
 * @param {string} work
 * @param {'npm' | 'pypi' | undefined} source
 * @param {string | undefined} wheel
 */
async function install(work, source, wheel) {
  if (source !== 'pypi') {
    say(`the normal install of @tensorflow/tfjs-node ${tfjsVersion}, which downloads TensorFlow's library`);
    try {
      return await installFromNpm(work);
    } catch (error) {
      if (source === 'npm') throw error;
      say(`that failed: ${error instanceof Error ? error.message : error}`);
      say('building it from the package registries instead');
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work);
    }
  }
  return buildFromPypi(work, wheel, say);
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
