// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inBench } from './paths.mjs';

/** What the peer is made of, with exact versions. */
export const requirements = inBench('peer/requirements.txt');

/** @param {string} cache the user's cache folder of Blemish */
export function peerFolder(cache) {
  return join(cache, 'bench-peer');
}

/** @param {string} folder */
export function interpreter(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** Written when everything is installed: a copy of the requirements. @param {string} folder */
export function completionMark(folder) {
  return join(folder, 'installed.txt');
}

/**
 * The peer's Python: BLEMISH_BENCH_PYTHON, or the one that `npm run bench:peer` made.
 *
 * @param {string} cache
 * @returns {{python?: string, why?: string}} why: what to do where there is none
 */
export function findPeer(cache) {
  const asked = process.env['BLEMISH_BENCH_PYTHON'];
  if (asked) {
    if (!existsSync(asked)) throw new Error(`BLEMISH_BENCH_PYTHON: expected a Python interpreter, found no file ${asked}`);
    return { python: asked };
  }
  const folder = peerFolder(cache);
  const mark = completionMark(folder);
  if (!existsSync(mark)) return { why: 'there is no PyTorch to compare with: npm run bench:peer installs it' };
  if (readFileSync(mark, 'utf8') !== readFileSync(requirements, 'utf8')) {
    return { why: `the PyTorch in ${folder} is of other versions than peer/requirements.txt: npm run bench:peer renews it` };
  }
  return { python: interpreter(folder) };
}
