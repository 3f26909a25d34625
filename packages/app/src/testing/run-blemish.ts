import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Settings of {@link createBlemish}. */
export interface BlemishOptions {
  /** Working folder. */
  readonly cwd: string;
  /** A cache folder of the tests' own: the user's features and native engine stay out of them. */
  readonly cache: string;
}

/** What one call may change. */
export interface CallOptions {
  /** Default `wasm`, which is everywhere. */
  readonly backend?: string;
  /** Sends Ctrl-C's signal once standard error matches. */
  readonly interruptAt?: RegExp;
}

/** Runs the built command as a user does: a process of its own, on files. */
export function createBlemish({ cwd, cache }: BlemishOptions): (args: readonly string[], options?: CallOptions) => Promise<Ended> {
  const program = resolve(__dirname, '../../bin/blemish.mjs');
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('BLEMISH_'));
  return (args, { backend = 'wasm', interruptAt } = {}) =>
    new Promise((done, failed) => {
      const env = { ...Object.fromEntries(inherited), BLEMISH_CACHE: cache, BLEMISH_BACKEND: backend };
      const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      let [stdout, stderr, interrupted] = ['', '', false];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        if (!interrupted && interruptAt?.test(stderr)) interrupted = child.kill('SIGINT');
      });
      child.once('error', failed);
      child.once('close', (code) => done({ code, stdout, stderr }));
    });
}
