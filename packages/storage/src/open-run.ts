import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkName } from './check-name.js';
import { fileError } from './file-error.js';
import { jsonDifferences } from './json-differences.js';
import { takeLock } from './lock-file.js';
import { readIfExists } from './read-if-exists.js';
import { readRun, runFiles } from './read-run.js';
import { sweepTemporaryFiles, temporaryName } from './temporary-name.js';
import { writeAtomic, type WriteOptions } from './write-atomic.js';

/** Which run to open, and how. */
export interface OpenRunOptions {
  /** The results folder. */
  readonly root: string;
  readonly model: string;
  readonly dataset: string;
  readonly category: string;
  readonly run: string;
  /** Everything that decides the run's outcome, as JSON; kept in config.json, and equal when the run is resumed. */
  readonly config: unknown;
  /**
   * `new` wants a folder without a run, or replaces one that stopped before its first checkpoint: nothing of it is worth
   * keeping; `resume` continues an unfinished one; `force` removes whatever run is there and starts over.
   */
  readonly mode: 'new' | 'resume' | 'force';
}

/** A run that this process works on; nobody else can open it until `close`. */
export interface OpenRun {
  readonly path: string;
  /** True where an earlier process began it. */
  readonly resumed: boolean;
  /** The path of a file in it. */
  readonly file: (name: string) => string;
  /** Writes a file of it, whole or not at all. */
  readonly write: (name: string, data: Uint8Array | string, options?: WriteOptions) => Promise<void>;
  /** Writes a value as indented JSON. */
  readonly writeJson: (name: string, value: unknown) => Promise<void>;
  /** Replaces the checkpoint; the one before stays until the new one is complete. */
  readonly writeCheckpoint: (bytes: Uint8Array) => Promise<void>;
  /** The last complete checkpoint, if any. */
  readonly readCheckpoint: () => Promise<Uint8Array | undefined>;
  /** Declares the run finished, and removes its checkpoint. */
  readonly finish: () => Promise<void>;
  /** Lets others open it; a run that is not finished can be resumed. */
  readonly close: () => Promise<void>;
}

/**
 * Opens `root/model/dataset/category/run`.
 *
 * @throws Error of one line: a name that is no folder name, another process at work, a run that is in the way, none to
 *   resume, or a configuration that differs from the one begun with, and where
 */
export async function openRun(options: OpenRunOptions): Promise<OpenRun> {
  const { root, config, mode } = options;
  const parts = (['model', 'dataset', 'category', 'run'] as const).map((what) => checkName(what, options[what]));
  const path = join(root, ...parts);
  const category = dirname(path);
  await mkdir(category, { recursive: true }).catch((cause) => {
    throw fileError(category, 'cannot make the folder', cause);
  });
  await sweepTemporaryFiles(category);
  // Beside the folder, not in it: it must outlast the folder's removal.
  const lock = await takeLock(join(category, `.${options.run}.lock`));
  if (lock.kind === 'owner') {
    throw new Error(`${path}: process ${lock.pid} on ${lock.host} works on this run since ${lock.since}`);
  }
  try {
    if (mode === 'resume') await checkResumable(path, config);
    else await beginRun(path, config, mode);
    return handleOf(path, mode === 'resume', lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function checkResumable(path: string, config: unknown): Promise<void> {
  const run = await readRun(path);
  if (!run) throw new Error(`${path}: expected a run to resume, there is none`);
  if (run.finished) throw new Error(`${path}: this run is finished, there is nothing to resume (--force starts it over)`);
  const differences = jsonDifferences(run.config, config);
  if (differences.length > 0) {
    const more = differences.length > 3 ? `; and ${differences.length - 3} more` : '';
    throw new Error(`${path}: expected the configuration the run began with, but ${differences.slice(0, 3).join('; ')}${more}`);
  }
  await sweepTemporaryFiles(path);
}

async function beginRun(path: string, config: unknown, mode: 'new' | 'force'): Promise<void> {
  const run = await readRun(path);
  if (run && mode === 'new' && (run.finished || (await readdir(path)).includes(runFiles.checkpoint))) {
    const advice = run.finished ? 'take another --run, or --force to overwrite it' : '--resume continues it, --force starts it over';
    throw new Error(`${path}: ${run.finished ? 'a finished' : 'an unfinished'} run is there: ${advice}`);
  }
  if (run) await removeRun(path);
  else if (await isStrange(path)) throw new Error(`${path}: expected no folder, an empty one or a run, got other files`);
  // The mark comes first: a crash between the two leaves no run at all.
  await writeAtomic(join(path, runFiles.unfinished), `${JSON.stringify({ began: new Date().toISOString() })}\n`);
  await writeAtomic(join(path, runFiles.config), `${JSON.stringify(config, null, 2)}\n`);
}

/** Out of the way in one step, so that a crash leaves no half of a run. */
async function removeRun(path: string): Promise<void> {
  const aside = temporaryName(path);
  try {
    await rename(path, aside);
    await rm(aside, { recursive: true, force: true });
  } catch (cause) {
    throw fileError(path, 'cannot remove the run', cause);
  }
}

/** True where a folder holds files that no run of ours left: somebody else's. */
async function isStrange(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => []);
  await sweepTemporaryFiles(path);
  return names.some((name) => name !== runFiles.unfinished && !name.startsWith('.'));
}

function handleOf(path: string, resumed: boolean, release: () => Promise<void>): OpenRun {
  const file = (name: string): string => join(path, ...name.split('/').map((part) => checkName('a file of the run', part)));
  const write: OpenRun['write'] = (name, data, options) => writeAtomic(file(name), data, options);
  return {
    path,
    resumed,
    file,
    write,
    writeJson: (name, value) => write(name, `${JSON.stringify(value, null, 2)}\n`),
    writeCheckpoint: (bytes) => write(runFiles.checkpoint, bytes),
    readCheckpoint: () => readIfExists(file(runFiles.checkpoint)),
    finish: async () => {
      await rm(file(runFiles.unfinished), { force: true });
      await rm(file(runFiles.checkpoint), { force: true });
    },
    close: release,
  };
}
