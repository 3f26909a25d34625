import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './hash.mjs';
import { extractZipEntry, listZip } from './unzip.mjs';

/** What is taken out of the wheel: two libraries, and the headers that tfjs-node's addon includes. */
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const headers = ['tensorflow/c/', 'tensorflow/core/platform/', 'xla/tsl/', 'tsl/'].map((path) => `tensorflow/include/${path}`);

/**
 * Puts TensorFlow's C library and its headers where tfjs-node's build expects them: `deps/lib` and `deps/include`. Every
 * file is held to the SHA-256 that the wheel's own RECORD lists.
 *
 * @param {string} wheel the archive
 * @param {string} root tfjs-node's folder
 */
export async function unpackWheel(wheel, root) {
  const unpacked = join(root, 'unpacked');
  const entries = await listZip(wheel);
  const record = entries.find(({ name }) => /^[^/]+\.dist-info\/RECORD$/.test(name));
  if (record === undefined) throw new Error(`${wheel}: expected a Python wheel, found no RECORD in it`);
  const hashes = readRecord(readFileSync(await extractZipEntry(wheel, record, unpacked), 'utf8'));

  const wanted = entries.filter(
    ({ name }) => !name.endsWith('/') && (libraries.some((library) => name === `tensorflow/${library}`) || headers.some((path) => name.startsWith(path))),
  );
  for (const entry of wanted) {
    const path = await extractZipEntry(wheel, entry, unpacked);
    const [expected, digest] = [hashes.get(entry.name), await sha256(path, 'base64url')];
    if (digest !== expected) throw new Error(`${wheel}: ${entry.name} has SHA-256 ${digest}, its RECORD says ${expected}`);
  }

  const lib = join(root, 'deps', 'lib');
  rmSync(join(root, 'deps'), { recursive: true, force: true });
  for (const library of libraries) {
    const path = join(unpacked, 'tensorflow', library);
    if (!existsSync(path)) throw new Error(`${wheel} has no ${library} in it`);
    moveInto(path, lib, library);
  }
  moveInto(join(unpacked, 'tensorflow', 'include'), join(root, 'deps'), 'include');
  rmSync(unpacked, { recursive: true });
  // The names that the linker asks for.
  symlinkSync('libtensorflow_cc.so.2', join(lib, 'libtensorflow.so'));
  symlinkSync('libtensorflow_framework.so.2', join(lib, 'libtensorflow_framework.so'));
}

/**
 * @param {string} path
 * @param {string} folder
 * @param {string} name
 */
function moveInto(path, folder, name) {
  mkdirSync(folder, { recursive: true });
  renameSync(path, join(folder, name));
}

/**
 * A wheel's RECORD is CSV: path, `sha256=` and the digest in base64url, size.
 *
 * @param {string} text
 * @returns {Map<string, string>}
 */
function readRecord(text) {
  return new Map(text.split(/\r?\n/).flatMap((line) => {
    const match = /^"?(.+?)"?,sha256=([\w-]+),\d+$/.exec(line);
    return match === null ? [] : [/** @type {[string, string]} */ ([match[1], match[2]])];
  }));
}
