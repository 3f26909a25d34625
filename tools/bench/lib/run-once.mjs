// @ts-check
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { peakBytes } from './worker-process.mjs';

const sampleMilliseconds = 100;

/**
 * Runs a plain command to its end.
 *
 * @param {import('./case.mjs').Side} side
 * @param {string} label what errors call it
 * @returns {Promise<{seconds: number, peakBytes: number | undefined, stdout: string}>} seconds from start to exit; the peak
 *   is that of the process, or of it and its children together where it has some, sampled ten times a second
 */
export function runOnce({ command, args, env = {}, cwd }, label) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, [...args], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    /** @type {number | undefined} */
    let peak;
    const sample = setInterval(() => {
      const bytes = memoryOfTree(child.pid ?? 0);
      if (bytes !== undefined) peak = Math.max(peak ?? 0, bytes);
    }, sampleMilliseconds);
    const stop = () => child.kill('SIGKILL');
    process.once('exit', stop);
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-4000)));
    const done = () => {
      clearInterval(sample);
      process.off('exit', stop);
    };
    child.on('error', (error) => {
      done();
      reject(new Error(`${label} could not be started: ${error.message}`));
    });
    let seconds = 0;
    child.on('exit', () => (seconds = (performance.now() - start) / 1000));
    child.on('close', (code, signal) => {
      done();
      if (code === 0) return resolve({ seconds, peakBytes: peak, stdout });
      const last = stderr.trimEnd().split('\n').slice(-8).filter(Boolean).map((line) => `\n    ${line}`).join('');
      reject(new Error(`${label} ended with ${signal ?? `status ${code}`}${last}`));
    });
  });
}

/**
 * Memory of a process and all below it: alone, its own peak so far; with children, what they hold now, what is shared among
 * them counted once.
 *
 * @param {number} pid
 */
function memoryOfTree(pid) {
  const children = descendants(pid);
  const own = peakBytes(pid);
  if (own === undefined || children.length === 0) return own;
  const shares = [pid, ...children].map(proportionalBytes);
  return Math.max(own, shares.reduce((sum, bytes) => sum + bytes, 0));
}

/** @param {number} pid @returns {number[]} */
function descendants(pid) {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number));
    return children.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

/** @param {number} pid */
function proportionalBytes(pid) {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
