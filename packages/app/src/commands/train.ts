import { createAst, usesDepth, type HeatScale } from '@blemish/detectors';
import { openRun, runFiles, toCsv } from '@blemish/storage';
import { backboneWeights, checkWeightOption } from '../backbone-weights.js';
import { checkDepth } from '../check-depth.js';
import { datasetNames, datasetOptionsOf, type DatasetOptions } from '../dataset-options.js';
import { unitsToKeep } from '../depth-units.js';
import { describeTraining, type TrainingSummary } from '../describe-training.js';
import { drawnParts, drawnPartsOptions, drawParts } from '../drawn-parts.js';
import { UsageError } from '../errors.js';
import { openFeatureStores } from '../feature-stores.js';
import { checkHoldOut } from '../hold-out.js';
import { interruptSignal } from '../interrupt.js';
import { modelConfig, type ModelOptions } from '../model-options.js';
import { openSource } from '../open-source.js';
import { ofFile } from '../of-file.js';
import { refuseUnseen } from '../refuse-unseen.js';
import { createFitDisplay } from '../run-progress.js';
import { startFor, terminalFor, type CommonOptions } from '../start.js';
import type { Terminal } from '../terminal.js';
import { trainingImages } from '../training-images.js';
import { withCleanup } from '../with-cleanup.js';
import { writeEvaluation } from '../write-evaluation.js';

/** Options of `blemish train`. */
export interface TrainOptions extends CommonOptions, DatasetOptions, ModelOptions {
  readonly model: 'ast';
  readonly weights?: string;
  readonly holdOut?: number;
  readonly out: string;
  readonly run?: string;
  readonly evalSize?: number;
  readonly maps: boolean;
  readonly cache: boolean;
  readonly resume?: boolean;
  readonly force?: boolean;
}

/** A finished training run. */
export interface TrainedModel extends TrainingSummary {
  /** What training.json holds. */
  readonly training: Readonly<Record<string, unknown>>;
  /** The scale that pictures of its maps are drawn on. */
  readonly heatScale: HeatScale | undefined;
}

/** Trains a model and prints what came of it. */
export async function runTrain(options: TrainOptions): Promise<void> {
  const terminal = terminalFor(options);
  const trained = await trainModel(options, terminal);
  const { run, model, training, evaluation } = trained;
  const document = { run, model, training, metrics: evaluation?.metrics ?? null };
  terminal.out(options.json ? JSON.stringify(document, null, 2) : describeTraining(trained));
}

/**
 * Trains a model, and evaluates it where there are test images. What was typed is checked before anything is written:
 * first what takes no time, then the images, then engine and weights.
 *
 * @param stop stops the training; default: Ctrl-C and kill do
 */
export function trainModel(options: TrainOptions, terminal: Terminal, stop?: AbortSignal): Promise<TrainedModel> {
  return withCleanup(async (defer) => {
    const { out, holdOut = 0 } = options;
    if (options.resume && options.force) throw new UsageError('--resume: give it or --force, not both');
    const config = await modelConfig(options);
    checkWeightOption(config, options.weights);
    const { modality } = config;
    const named = datasetOptionsOf({ ...options, modality: undefined });
    const drawn = Object.keys(named).length === 0 && options.preset === 'smoke';
    if (drawn && usesDepth(modality)) {
      throw new UsageError(`images: the parts that preset smoke draws have no depth, which modality ${modality} needs; name scanned ones, such as those of blemish synthesize`);
    }
    if (drawn) checkHoldOut(holdOut, drawnParts.train);
    refuseUnseen(named, modality);
    const images: DatasetOptions = { ...(drawn ? drawnPartsOptions(out, config.seed) : named), modality };
    const found = drawn ? undefined : await trainingImages(images, config.seed, holdOut, terminal);
    if (found) await checkDepth([...found.train, ...found.validation, ...found.dataset.test], images, config.depth, terminal);

    const signal = stop ?? interruptSignal('what was reached is kept, go on with --resume', defer);
    const { engine, helpers } = await startFor(options, terminal);
    if (config.backbone?.weights === 'random') {
      terminal.note(`backbone: ${config.backbone.name} with random weights of seed ${config.seed}: it shows the way, not what AST can do`);
    }
    const detector = await createAst({ config, ...(await backboneWeights(config, options.weights, terminal, signal)) });
    defer(() => detector.dispose());

    const run = await openRun({
      root: out,
      model: options.model,
      ...datasetNames(images),
      run: options.run ?? `${config.preset}-seed${config.seed}`,
      config: { model: config, images: { ...images, holdOut } },
      mode: options.resume ? 'resume' : options.force ? 'force' : 'new',
    });
    defer(run.close);
    terminal.note(`run: ${run.path}`);
    if (drawn) await drawParts(out, config.seed, terminal);
    const { dataset, train, validation } = found ?? (await trainingImages(images, config.seed, holdOut, terminal));

    const { store, scratch, discard } = openFeatureStores(run.file('scratch'), options.cache, terminal);
    const source = openSource(train, detector, images, defer);
    const display = createFitDisplay(terminal);
    defer(display.end);
    const resumeFrom = await run.readCheckpoint();
    const fit = detector.fit(source, {
      store,
      scratch,
      helpers,
      signal,
      onProgress: display.update,
      onCheckpoint: run.writeCheckpoint,
      ...(validation.length > 0 && { validation: openSource(validation, detector, images, defer) }),
      ...(resumeFrom && { resumeFrom }),
    });
    const report = await fit.catch((error: unknown) => {
      throw ofFile(error, ...train, ...validation);
    });
    display.end();
    for (const note of report.notes) terminal.note(`note: ${note}`);

    const training = {
      seconds: report.seconds,
      images: train.length,
      batch: report.batch,
      notes: [...dataset.notes, ...report.notes],
      /** Good images that were not trained on: tested instead, or used for the threshold. */
      keptOut: { test: dataset.heldOut, threshold: validation.map(({ id }) => id) },
      engine: { backend: engine.backend, version: engine.version, threads: engine.threads },
      heatScale: detector.heatScale,
      threshold: detector.threshold ?? null,
    };
    const model = run.file(runFiles.model);
    await run.write(runFiles.losses, toCsv(['phase', 'epoch', 'loss'], report.losses.map((loss) => ({ ...loss }))));
    await run.writeJson('training.json', training);
    await run.write(runFiles.model, await detector.toBytes(usesDepth(modality) ? { source: unitsToKeep(images) } : {}));

    const { maps, evalSize } = options;
    const evaluation =
      dataset.test.length === 0
        ? undefined
        : await writeEvaluation({ detector, dataset, modelFile: model, units: images, folder: run.path, store, helpers, terminal, signal, maps, evalSize });
    await discard();
    await run.finish();
    const { threshold, heatScale } = detector;
    return { run: run.path, model, images: train.length, seconds: report.seconds, threshold, falseAlarms: config.falseAlarms, modality, evaluation, training, heatScale };
  });
}
