// @ts-check
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Files below a folder that a failed command should not have left: temporary ones, locks, and files that are not whole.
 *
 * @param {string} folder may be absent
 * @returns {string[]} each with what is wrong
 */
export function leftHalfWritten(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return leftHalfWritten(path);
    const fault = entry.name.startsWith('.') || entry.name.endsWith('.tmp') ? 'is a temporary file' : notWhole(path);
    return fault === undefined ? [] : [`${path}: ${fault}`];
  });
}

/** @param {string} path @returns {string | undefined} */
function notWhole(path) {
  const bytes = readFileSync(path);
  if (bytes.length === 0) return 'is empty';
  switch (path.slice(path.lastIndexOf('.'))) {
    case '.json':
      try {
        JSON.parse(bytes.toString('utf8'));
        return undefined;
      } catch {
        return 'is no whole JSON';
      }
    case '.csv':
      return bytes.at(-1) === 0x0a ? undefined : 'ends within a line';
    case '.png':
      return bytes.subarray(-8, -4).toString('latin1') === 'IEND' ? undefined : 'has no end';
    case '.safetensors':
      return isWholeSafetensors(bytes) ? undefined : 'has another length than its header says';
    default:
      return undefined;
  }
}

/** @param {Buffer} bytes */
function isWholeSafetensors(bytes) {
  if (bytes.length < 8) return false;
  const end = 8 + Number(bytes.readBigUInt64LE());
  if (end > bytes.length) return false;
  const header = JSON.parse(bytes.subarray(8, end).toString('utf8'));
  const ends = Object.values(header).map(({ data_offsets: offsets }) => offsets?.[1] ?? 0); // 0 for the metadata
  return bytes.length === end + Math.max(0, ...ends);
}
