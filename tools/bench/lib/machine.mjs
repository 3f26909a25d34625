// @ts-check
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/**
 * @typedef {object} Machine
 * @property {string} processor
 * @property {string} vectors widest instructions that matter here
 * @property {number} cores that this process may use
 * @property {number} gigabytes of memory
 * @property {string} system
 * @property {number} load average of the last minute when the run began
 * @property {string} node
 */

/** @returns {Machine} */
export function describeMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    vectors: vectors(),
    cores: availableParallelism(),
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    load: loadavg()[0] ?? 0,
    node: process.version,
  };
}

/**
 * What makes timings doubtful, in one line; undefined where nothing does.
 *
 * @param {number} load
 */
export function loadWarning(load) {
  return load > 0.7 ? `the load average is ${load.toFixed(1)}: something else runs, the timings are not of a quiet machine` : undefined;
}

function vectors() {
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' ') ?? [];
    return ['amx_tile', 'avx512f', 'avx2', 'avx'].find((flag) => flags.includes(flag)) ?? process.arch;
  } catch {
    return process.arch;
  }
}
