import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAst, modelModality, type Detector, type Modality } from '@blemish/detectors';
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

/** Loads a model file; the engine must run. The caller disposes the detector. */
export async function openModel(file: string, weights: string | undefined): Promise<Detector> {
  const given = weights === undefined ? {} : { backboneWeights: (await readWeightFile(weights)).backboneWeights };
  return loadAst(await readFileFor(file, 'the model'), { name: file, ...given });
}

/** What the model of a file looks at; no engine need run. */
export async function modalityOf(file: string): Promise<Modality> {
  return modelModality(await readFileFor(file, 'the model'), file);
}
