// @ts-check
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchOthers } from './processor-time.mjs';

/**
 * @typedef {object} Machine
 * @property {string} processor
 * @property {string} vectors widest instructions that matter here
 * @property {number} cores that this process may use
 * @property {number} gigabytes of memory
 * @property {string} system
 * @property {number} load average of the last minute when the run began
 * @property {number | undefined} busy cores that others kept busy when the run began; undefined where the system does not say
 * @property {string} node
 */

/** @returns {Promise<Machine>} */
export async function describeMachine() {
  const others = watchOthers([]);
  await sleep(500);
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    vectors: vectors(),
    cores: availableParallelism(),
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    load: loadavg()[0] ?? 0,
    busy: others(),
    node: process.version,
  };
}

/**
 * What makes timings doubtful, in one line; undefined where nothing does.
 *
 * @param {number | undefined} busy cores that others keep busy
 */
export function loadWarning(busy) {
  return busy !== undefined && busy > 0.1 ? `other programs keep ${busy.toFixed(1)} cores busy: timings are not of a quiet machine` : undefined;
}

function vectors() {
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' ') ?? [];
    return ['amx_tile', 'avx512f', 'avx2', 'avx'].find((flag) => flags.includes(flag)) ?? process.arch;
  } catch {
    return process.arch;
  }
}
