import { closeSync, fsyncSync, openSync, readFileSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { sha256 } from './hash.mjs';

/**
 * @typedef {object} Manifest
 * @property {Record<string, string>} from where it came from: names, versions, hashes
 * @property {Record<string, { size: number, sha256: string }>} files every file by its path
 */

/** The file that says that a folder is complete. */
export const manifestName = 'manifest.json';

/**
 * Hashes every file of a folder and writes the list there, last of all and down to the disk.
 *
 * @param {string} folder
 * @param {Record<string, string>} from
 */
export async function writeManifest(folder, from) {
  /** @type {Manifest} */
  const manifest = { from, files: {} };
  for (const path of listFiles(folder)) {
    const name = relative(folder, path).split(sep).join('/');
    manifest.files[name] = { size: statSync(path).size, sha256: await sha256(path) };
  }
  const file = openSync(join(folder, manifestName), 'wx');
  writeSync(file, `${JSON.stringify(manifest, null, 1)}\n`);
  fsyncSync(file);
  closeSync(file);
}

/**
 * What is wrong with a folder: nothing (undefined), or one line that says it.
 *
 * @param {string} folder
 * @returns {Promise<string | undefined>}
 */
export async function checkManifest(folder) {
  /** @type {Manifest} */
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'));
  } catch {
    return 'it has no readable manifest';
  }
  const files = Object.entries(manifest.files ?? {});
  if (files.length === 0) return 'its manifest lists nothing';
  for (const [name, { size, sha256: expected }] of files) {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return `${name} is missing`;
    if (found.size !== size) return `${name} has ${found.size} bytes in place of ${size}`;
    if ((await sha256(path)) !== expected) return `${name} has other content than was installed`;
  }
  return undefined;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
