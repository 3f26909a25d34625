import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runFiles } from '@blemish/storage';
import { checkDepth } from '../check-depth.js';
import { checkDataset, datasetNames, datasetOptionsOf, listDataset, type DatasetOptions } from '../dataset-options.js';
import { unitsKept } from '../depth-units.js';
import { UsageError } from '../errors.js';
import { imagesToEvaluate } from '../images-to-evaluate.js';
import { openFeatureCache } from '../feature-stores.js';
import { interruptSignal } from '../interrupt.js';
import { modelFileOf, openModel, readModel } from '../open-model.js';
import { refuseUnseen } from '../refuse-unseen.js';
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
    const model = await readModel(modelFile);
    refuseUnseen(options, model.modality);
    const { images, seed, origin } = await imagesToEvaluate(modelFile, { ...datasetOptionsOf(options), modality: model.modality }, unitsKept(model.source));
    const dataset = await listDataset(images, seed).catch((cause: Error) => {
      if (origin === undefined || cause instanceof UsageError) throw cause;
      throw new Error(`${cause.message} (${origin} names it, as seen from where it was trained; --data, or --test-good and --defective, name others)`, { cause });
    });
    if (dataset.test.length === 0) throw new Error('images: expected images to test on, got none');

    const { maps, evalSize } = options;
    const { dataset: name, category } = datasetNames(images);
    const folder = options.out ?? join(dirname(modelFile), 'evaluations', `${name}-${category}-${evalSize ?? 'own-size'}`);
    const earlier = join(folder, runFiles.metrics);
    if (!options.force && (await stat(earlier).catch(() => undefined)) !== undefined) {
      throw new Error(`${earlier}: a result is there; take another --out, or --force to replace it`);
    }
    await checkDataset({ ...dataset, train: [], validation: [] }, terminal, images);
    await checkDepth(dataset.test, images, model.depth, terminal);
    for (const note of dataset.notes) terminal.note(`note: ${note}`);

    const signal = interruptSignal('the result is incomplete, evaluate again', defer);
    const { helpers } = await startFor(options, terminal);
    const detector = await openModel(model, options.weights);
    defer(() => detector.dispose());
    const store = options.cache ? openFeatureCache(terminal) : undefined;
    const { metrics, summary, places } = await writeEvaluation({ detector, dataset, units: images, modelFile, folder, store, helpers, maps, evalSize, terminal, signal });
    terminal.out(options.json ? JSON.stringify({ folder, metrics }, null, 2) : [summary, ...places].join('\n'));
  });
}
