import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const source = resolve(__dirname, '..');

/** This package's sources as JavaScript that a plain Node can run: what `createChildren` returns starts processes on it. */
export interface Children {
  /** Runs the body of a module in which the package's exports are named `storage`; text ends up on its stdout. */
  readonly start: (body: string) => ChildProcess;
  readonly remove: () => void;
}

/** Translates the sources into a folder inside the package, from which its dependencies resolve. */
export function createChildren(): Children {
  const parent = resolve(source, '..', 'node_modules', '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'children-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of readdirSync(source)) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
    const { code } = transformSync(readFileSync(join(source, name), 'utf8'), {
      swcrc: false,
      configFile: false,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    writeFileSync(join(folder, name.replace(/\.ts$/, '.js')), code);
  }
  const start = (body: string): ChildProcess => {
    const module = `import * as storage from ${JSON.stringify(pathToFileURL(join(folder, 'index.js')).href)};\n${body}`;
    return spawn(process.execPath, ['--input-type=module', '--eval', module], { stdio: ['ignore', 'pipe', 'inherit'] });
  };
  return {
    start,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The first text a child writes. */
export function firstOutput(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.stdout?.once('data', (piece) => done(String(piece))));
}

/** Waits until a child has written something, kills it as `kill -9` does, and waits for its end. */
export async function killAfterOutput(child: ChildProcess, delayMs: number): Promise<void> {
  await firstOutput(child);
  await new Promise((done) => setTimeout(done, delayMs));
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once('exit', done));
}
