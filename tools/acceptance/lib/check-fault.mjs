// @ts-check
import { existsSync } from 'node:fs';
import { runBlemish } from './blemish.mjs';
import { leftHalfWritten } from './left-half-written.mjs';

/**
 * A command that must fail well.
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {string[]} args
 * @property {1 | 2 | 'either'} code 1 for a failure, 2 for usage
 * @property {(string | RegExp)[]} says what the one line must contain, such as the file's name
 * @property {string} out folder where nothing half-written may be left
 * @property {string[]} [wrapper]
 * @property {string} [absent] a file that must not come into being
 */

/**
 * Runs it and checks the exit code, the one line, and what is left behind.
 *
 * @param {import('./checklist.mjs').Checklist} list
 * @param {Fault} fault
 * @param {Record<string, string>} env
 */
export async function checkFault(list, { name, args, code, says, out, wrapper, absent }, env) {
  const finished = await runBlemish([...args, '--quiet'], { env, wrapper });
  const lines = finished.stderr.split('\n').filter((line) => line.trim() !== '' && !/^\(.*\)$/.test(line)); // a hint is no error
  const [line = ''] = lines;
  const left = leftHalfWritten(out);
  const faults = [
    ...((code === 'either' ? [1, 2] : [code]).includes(Number(finished.code)) ? [] : [`exit code ${finished.code ?? finished.signal}`]),
    ...(lines.length === 1 ? [] : [`${lines.length} lines on stderr`]),
    ...says.filter((part) => (typeof part === 'string' ? !line.includes(part) : !part.test(line))).map((part) => `does not say ${part}`),
    ...left,
    ...(absent !== undefined && existsSync(absent) ? [`${absent} was made`] : []),
  ];
  list.check(faults.length === 0, name, faults.length === 0 ? line : `${faults.join('; ')}\n       ${finished.stderr.trim().replaceAll('\n', '\n       ')}`);
}
