// @ts-check
import { inBench } from './paths.mjs';

/** @typedef {import('./case.mjs').Context} Context @typedef {import('./case.mjs').Side} Side @typedef {import('./case.mjs').Variant} Variant */

/**
 * A side of ours: a script of `tools/bench/sides` in this Node.
 *
 * @param {string} script
 * @param {unknown} settings passed on as one argument of JSON
 * @param {{env?: Record<string, string>, nodeArgs?: readonly string[]}} [options]
 * @returns {(context: Context) => Side}
 */
export function nodeSide(script, settings, { env = {}, nodeArgs = [] } = {}) {
  return ({ threads }) => ({
    command: process.execPath,
    args: [...nodeArgs, inBench(`sides/${script}`), JSON.stringify(settings)],
    env: { BLEMISH_THREADS: String(threads), ...env },
  });
}

/**
 * A side of the peer's: a script of `tools/bench/peer`.
 *
 * @param {string} script
 * @param {unknown} settings passed on as one argument of JSON
 * @param {{env?: Record<string, string>, variants?: readonly Variant[]}} [options]
 * @returns {(context: Context) => Side | undefined}
 */
export function peerSide(script, settings, { env = {}, variants } = {}) {
  return ({ python, threads }) =>
    python === undefined
      ? undefined
      : {
          command: python,
          args: ['-u', inBench(`peer/${script}`), JSON.stringify(settings)],
          env: { ...peerEnvironment(threads), ...env },
          ...(variants ? { variants } : {}),
        };
}

/**
 * What a careful user of PyTorch sets: the number of threads, and an allocator that keeps what it got (glibc's otherwise
 * maps, clears and unmaps every activation anew).
 *
 * @param {number} threads
 */
export function peerEnvironment(threads) {
  return {
    OMP_NUM_THREADS: String(threads),
    MALLOC_MMAP_MAX_: '0',
    MALLOC_TRIM_THRESHOLD_: '17179869184',
    MALLOC_TOP_PAD_: '67108864',
    GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1', // transparent huge pages, where the kernel leaves them to the program
  };
}
