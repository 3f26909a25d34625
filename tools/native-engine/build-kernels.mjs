import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWorkFolder, kernelsFolder } from './folder.mjs';
import { checkManifest, manifestName, writeManifest } from './manifest.mjs';
import { nodeGyp } from './node-gyp.mjs';

const sources = fileURLToPath(new URL('../../packages/engine/native/', import.meta.url));

/**
 * Builds our own kernels, an addon that registers them with TensorFlow's library, unless they are there already.
 *
 * @param {string} engine the folder of the native engine that they are linked to
 * @param {(line: string) => void} say
 * @param {boolean} [force] build even what is up to date
 */
export async function buildKernels(engine, say, force = false) {
  const library = join(engine, 'tfjs-node', 'deps', 'lib', 'libtensorflow_framework.so.2');
  if (!existsSync(library)) return say(`our own kernels need ${library}, which is not there: the engine works without them, slower`);
  const folder = await kernelsFolder();
  const hash = hashSources();
  if (!force && existsSync(folder) && (await checkManifest(folder)) === undefined && builtFrom(folder) === hash) {
    return say(`${folder} is complete: built from the sources of this checkout`);
  }
  say('node-gyp builds our own kernels');
  const work = createWorkFolder(folder);
  try {
    const build = join(work, 'native');
    cpSync(sources, build, { recursive: true });
    await nodeGyp(build, [`--tensorflow=${library}`, `--tensorflow_rpath=${join(engine, 'tfjs-node', 'deps', 'lib')}`]);
    renameSync(join(build, 'build', 'Release', 'kernels.node'), join(work, 'kernels.node'));
    rmSync(build, { recursive: true });
    await writeManifest(work, { sources: hash, node: process.version, date: new Date().toISOString() });
    const old = `${work}-old`;
    if (existsSync(folder)) renameSync(folder, old);
    mkdirSync(join(folder, '..'), { recursive: true });
    renameSync(work, folder);
    rmSync(old, { recursive: true, force: true });
    say(`done: our own kernels in ${folder}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** SHA-256 over names and contents of all sources. */
function hashSources() {
  const hash = createHash('sha256');
  for (const name of readdirSync(sources).sort()) hash.update(`${name}\0`).update(readFileSync(join(sources, name)));
  return hash.digest('hex');
}

/** @param {string} folder */
function builtFrom(folder) {
  return JSON.parse(readFileSync(join(folder, manifestName), 'utf8')).from.sources;
}
