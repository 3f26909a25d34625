// @ts-check
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** @typedef {import('./case.mjs').Side} Side */

/**
 * A running side: one JSON line goes in, one comes back.
 *
 * @typedef {object} Worker
 * @property {number} pid
 * @property {(message: {do: string, [key: string]: unknown}) => Promise<Record<string, unknown>>} ask
 * @property {() => void} forgetPeak the peak of memory is counted from now on
 * @property {() => number | undefined} peakBytes undefined where the system does not say
 * @property {() => Promise<void>} quit
 */

/**
 * Starts a side.
 *
 * @param {Side} side
 * @param {string} label what errors call it
 * @returns {Worker}
 */
export function startWorker({ command, args, env = {}, cwd }, label) {
  const child = spawn(command, [...args], { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  /** @type {{resolve: (reply: Record<string, unknown>) => void, reject: (error: Error) => void} | undefined} */
  let waiting;
  /** @type {Error | undefined} */
  let ended;
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (words = (words + text).slice(-4000)));
  /** @param {string} how */
  const fail = (how) => {
    const last = words.trimEnd().split('\n').slice(-8).filter(Boolean).map((line) => `\n    ${line}`).join('');
    ended ??= new Error(`${label} ${how}${last}`);
    waiting?.reject(ended);
    waiting = undefined;
  };
  child.on('error', (error) => fail(`could not be started: ${error.message}`));
  child.on('close', (code, signal) => fail(`ended with ${signal ?? `status ${code}`}`));
  child.stdin.on('error', () => {}); // the close says it
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answered = waiting;
    waiting = undefined;
    try {
      const reply = JSON.parse(line);
      if (typeof reply?.error === 'string') answered?.reject(new Error(`${label}: ${reply.error}`));
      else answered?.resolve(reply);
    } catch {
      answered?.reject(new Error(`${label}: expected a line of JSON, got '${line.slice(0, 100)}'`));
    }
  });
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  const closed = new Promise((resolve) => child.once('close', resolve));

  return {
    pid: child.pid ?? 0,
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting = { resolve, reject };
        child.stdin.write(`${JSON.stringify(message)}\n`);
      }),
    forgetPeak() {
      try {
        writeFileSync(`/proc/${child.pid}/clear_refs`, '5');
      } catch {
        // Not Linux: the peak then counts from the start.
      }
    },
    peakBytes: () => peakBytes(child.pid ?? 0),
    async quit() {
      child.stdin.end('{"do":"quit"}\n');
      const late = setTimeout(stop, 5000);
      await closed;
      clearTimeout(late);
      process.off('exit', stop);
    },
  };
}

/**
 * The most memory that a process held at once; undefined where the system does not say.
 *
 * @param {number} pid
 */
export function peakBytes(pid) {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
