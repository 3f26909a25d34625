import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readRun, runFiles } from '@blemish/storage';
import { checkDataset, datasetNames, datasetOptionsOf, listDataset, type DatasetOptions } from '../dataset-options.js';
import { UsageError } from '../errors.js';
import { openFeatureCache } from '../feature-stores.js';
import { listenForInterrupt } from '../interrupt.js';
import { modelFileOf, openModel } from '../open-model.js';
import { startFor, terminalFor, type CommonOptions } from '../start.js';
import { withCleanup } from '../with-cleanup.js';
import { writeEvaluation } from '../write-evaluation.js';

/** Options of `blemish evaluate`. */
export interface EvaluateOptions extends CommonOptions, DatasetOptions {
  readonly weights?: string;
  readonly evalSize?: number;
  readonly out?: string;
  readonly maps: boolean;
  readonly cache: boolean;
  readonly force?: boolean;
}

/** Measures a trained model. */
export function runEvaluate(path: string, options: EvaluateOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const terminal = terminalFor(options);
    const modelFile = await modelFileOf(path);
    const given = datasetOptionsOf(options);
    const run = await readRun(dirname(modelFile));
    const { images, seed } = Object.keys(given).length > 0 ? { images: given, seed: 0 } : imagesOf(run?.config, path);
    const dataset = await listDataset(images, seed);
    if (dataset.test.length === 0) throw new Error('images: expected images to test on, got none');
    await checkDataset(dataset, terminal);

    const { dataset: name, category } = datasetNames(images);
    const folder = options.out ?? join(dirname(modelFile), 'evaluations', `${name}-${category}-${options.evalSize ?? 'own-size'}`);
    const earlier = join(folder, runFiles.metrics);
    if (!options.force && (await stat(earlier).catch(() => undefined)) !== undefined) {
      throw new Error(`${earlier}: a result is there; take another --out, or --force to replace it`);
    }

    const { signal, release } = listenForInterrupt();
    defer(release);
    await startFor(options, terminal);
    const detector = await openModel(modelFile, options.weights);
    defer(() => detector.dispose());
    const metrics = await writeEvaluation({
      detector,
      dataset,
      modelFile,
      folder,
      maps: options.maps,
      terminal,
      signal,
      ...(options.cache && { store: openFeatureCache(terminal) }),
      ...(options.evalSize !== undefined && { evalSize: options.evalSize }),
    });
    terminal.out(options.json ? JSON.stringify({ folder, metrics }, null, 2) : `result: ${earlier}`);
  });
}

/** The images that a run was trained and tested on, and its seed, from its config.json. */
function imagesOf(config: unknown, path: string): { images: DatasetOptions; seed: number } {
  const { images, model } = (config ?? {}) as { images?: DatasetOptions; model?: { seed?: number } };
  if (images === undefined || model?.seed === undefined) {
    throw new UsageError(`${path}: is not in the folder of a run; name the images with --data and --category, or --test-good and --defective`);
  }
  return { images: datasetOptionsOf(images), seed: model.seed };
}
