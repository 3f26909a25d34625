// @ts-check
import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Which phase and epoch a run's checkpoint stands in; undefined where there is none. Reads the header only.
 *
 * @param {string} path
 * @returns {{phase: string, epoch: number, step: number} | undefined}
 */
export function checkpointPosition(path) {
  let file;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const size = Buffer.alloc(8);
    readSync(file, size, 0, 8, 0);
    const header = Buffer.alloc(Number(size.readBigUInt64LE()));
    readSync(file, header, 0, header.length, 8);
    const { phase, position } = JSON.parse(JSON.parse(header.toString('utf8')).__metadata__.blemish);
    return { phase, epoch: position.epoch, step: position.step };
  } finally {
    closeSync(file);
  }
}
