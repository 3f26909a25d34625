import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfExists } from './read-if-exists.js';

/** Names of the files in a run's folder. */
export const runFiles = {
  config: 'config.json',
  model: 'model.safetensors',
  metrics: 'metrics.json',
  scores: 'scores.csv',
  losses: 'losses.csv',
  checkpoint: 'checkpoint.safetensors',
  /** There from the run's beginning until it is finished. */
  unfinished: 'unfinished.json',
} as const;

/** What a run's folder holds. */
export interface RunFacts {
  readonly path: string;
  /** What config.json says. */
  readonly config: unknown;
  /** False while the run goes on, and after it was stopped half-way. */
  readonly finished: boolean;
  /** The trained model; undefined where there is none yet. */
  readonly modelPath: string | undefined;
}

/**
 * Looks at a run's folder.
 *
 * @returns undefined where there is none: no folder, or one without config.json
 * @throws Error of one line where config.json is no JSON
 */
export async function readRun(path: string): Promise<RunFacts | undefined> {
  const configPath = join(path, runFiles.config);
  const bytes = await readIfExists(configPath);
  if (!bytes) return undefined;
  let config: unknown;
  try {
    config = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Error(`${configPath}: expected JSON, got something else`, { cause });
  }
  const modelPath = join(path, runFiles.model);
  return {
    path,
    config,
    finished: !(await exists(join(path, runFiles.unfinished))),
    modelPath: (await exists(modelPath)) ? modelPath : undefined,
  };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
