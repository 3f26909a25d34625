// @ts-check
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { root } from './options.mjs';

/** The command under test. */
export const bin = resolve(root, 'packages/app/bin/blemish.mjs');

/**
 * @typedef {object} Started
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<Finished>} finished
 *
 * @typedef {object} Finished
 * @property {number | null} code null where a signal ended it
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 *
 * @typedef {object} StartOptions
 * @property {Readonly<Record<string, string>>} [env] added to this process's
 * @property {string} [cwd]
 * @property {readonly string[]} [wrapper] a command that runs the command, such as `unshare -n`
 * @property {(text: string) => void} [onStderr]
 */

/**
 * Starts `blemish` with these arguments.
 *
 * @param {readonly string[]} args
 * @param {StartOptions} [options]
 * @returns {Started}
 */
export function startBlemish(args, { env = {}, cwd, wrapper = [], onStderr } = {}) {
  const [command, ...rest] = [...wrapper, process.execPath, bin, ...args];
  const child = spawn(String(command), rest, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    onStderr?.(text);
  });
  const finished = new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { child, finished: /** @type {Promise<Finished>} */ (finished) };
}

/**
 * Runs `blemish` to its end.
 *
 * @param {readonly string[]} args
 * @param {StartOptions} [options]
 */
export function runBlemish(args, options) {
  return startBlemish(args, options).finished;
}

/**
 * Runs `blemish` to its end; anything but success is an error that shows what it printed.
 *
 * @param {readonly string[]} args
 * @param {StartOptions} [options]
 */
export async function mustRun(args, options) {
  const finished = await runBlemish(args, options);
  if (finished.code !== 0) {
    throw new Error(`blemish ${args.join(' ')}: ended with ${finished.code ?? finished.signal}\n${finished.stderr.trim()}`);
  }
  return finished;
}
