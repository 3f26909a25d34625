import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadDetector, modelFacts, type Detector, type ModelFacts } from '@blemish/detectors';
import { runFiles } from '@blemish/storage';
import { readWeightFile } from './backbone-weights.js';
import { fileReason, readFileFor } from './read-file-for.js';

/** The model file that a path means: itself, or the one in a run's folder. */
export async function modelFileOf(path: string): Promise<string> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new Error(`${path}: expected a model file or the folder of a run: ${fileReason(cause)}`, { cause });
  });
  if (!facts.isDirectory()) return path;
  const file = join(path, runFiles.model);
  if ((await stat(file).catch(() => undefined)) === undefined) throw new Error(`${path}: holds no ${runFiles.model}; is the run finished?`);
  return file;
}

/** A model file that was read, once for what it looks at and what it computes. */
export interface ModelFile extends ModelFacts {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Reads a model file; no engine need run. */
export async function readModel(file: string): Promise<ModelFile> {
  const bytes = await readFileFor(file, 'the model');
  return { file, bytes, ...modelFacts(bytes, file) };
}

/** Loads a model; the engine must run. The caller disposes the detector. */
export async function openModel({ file, bytes }: ModelFile, weights: string | undefined): Promise<Detector> {
  const given = weights === undefined ? {} : { backboneWeights: (await readWeightFile(weights)).backboneWeights };
  return loadDetector(bytes, { name: file, ...given });
}
