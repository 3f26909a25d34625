import { join } from 'node:path';
import { findPublicWeights, type NamedWeights } from '@blemish/features';
import type { SystemConfig } from '@blemish/detectors';
import { cacheFolder, download } from '@blemish/storage';
import { readWeights } from '@blemish/weights';
import { UsageError } from './errors.js';
import { readFileFor } from './read-file-for.js';
import type { Terminal } from './terminal.js';

/** Weights of a backbone, as detectors take them. */
export interface LoadedWeights {
  readonly backboneWeights: NamedWeights;
  /** What errors call them. */
  readonly weightsSource: string;
}

/**
 * Checks, before anything is done, that a weight file is given only where weights are read.
 *
 * @throws UsageError for a file beside a random or bundled backbone, or without one
 */
export function checkWeightOption({ backbone, modality }: SystemConfig, file: string | undefined): void {
  if (backbone === null && file !== undefined) throw new UsageError(`--weights: this model ${modality === 'depth' ? 'looks at depth alone and ' : ''}has no backbone`);
  if (backbone?.weights === 'random' && file !== undefined) {
    throw new UsageError('--weights: this configuration draws random weights for its backbone; give --backbone beside it to use a file');
  }
  if (backbone?.weights === 'bundled' && file !== undefined) throw new UsageError('--weights: the bundled backbone has weights of its own; give another --backbone beside it to use a file');
}

/**
 * The weights that a configuration needs: of the file given, or the public ones; none where they are drawn or bundled.
 *
 * @throws Error naming the file, or saying where to put one
 */
export async function backboneWeights(
  { backbone }: SystemConfig,
  file: string | undefined,
  terminal: Terminal,
  signal?: AbortSignal,
): Promise<LoadedWeights | undefined> {
  if (backbone?.weights !== 'pretrained') return undefined;
  return readWeightFile(file ?? (await fetchPublicWeights(backbone.name, terminal, signal)));
}

/**
 * Reads a weight file, in any format that `@blemish/weights` knows.
 *
 * @throws Error naming the file
 */
export async function readWeightFile(path: string): Promise<LoadedWeights> {
  const bytes = await readFileFor(path, 'the weights');
  return { backboneWeights: readWeights(bytes, path).tensors, weightsSource: path };
}

/**
 * The public weights of a network: from the cache, or downloaded into it.
 *
 * @throws Error that says where to put the file, when it cannot be had
 */
export async function fetchPublicWeights(network: string, terminal: Terminal, signal?: AbortSignal): Promise<string> {
  const entry = findPublicWeights(network);
  if (entry === undefined) throw new Error(`${network}: no public weights are known; give a file with --weights`);
  const stage = terminal.stage(`download ${network}`, 'bytes');
  try {
    return await download({
      ...entry,
      folder: join(cacheFolder(), 'weights'),
      onProgress: ({ received, total }) => stage.update(received, total),
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    stage.end();
  }
}
