import { findSystem, usesDepth, type HeatScale } from '@blemish/detectors';
import { openRun, runFiles, toCsv } from '@blemish/storage';
import { backboneWeights } from './backbone-weights.js';
import { datasetNames } from './dataset-options.js';
import { unitsToKeep } from './depth-units.js';
import { describeNetwork } from './describe-network.js';
import type { TrainingSummary } from './describe-training.js';
import { drawParts } from './drawn-parts.js';
import { openFeatureStores } from './feature-stores.js';
import { fitModel } from './fit-model.js';
import { interruptSignal, keptOnce } from './interrupt.js';
import { startFor } from './start.js';
import type { Terminal } from './terminal.js';
import type { TrainOptions } from './train-options.js';
import { trainingImages } from './training-images.js';
import { planTraining } from './training-plan.js';
import { withCleanup } from './with-cleanup.js';
import { writeEvaluation } from './write-evaluation.js';

/** A finished training run. */
export interface TrainedModel extends TrainingSummary {
  /** What training.json holds. */
  readonly training: Readonly<Record<string, unknown>>;
  /** The scale that pictures of its maps are drawn on. */
  readonly heatScale: HeatScale | undefined;
}

/**
 * Trains a model, and evaluates it where there are test images. What was typed is checked before anything is written:
 * first what takes no time, then the images, then engine and weights.
 *
 * @param stop stops the training; default: Ctrl-C and kill do
 */
export function trainModel(options: TrainOptions, terminal: Terminal, stop?: AbortSignal): Promise<TrainedModel> {
  return withCleanup(async (defer) => {
    const { config, teachers, images, holdOut, found } = await planTraining(options, terminal);
    const { out, maps, evalSize } = options;

    const system = findSystem(config.kind);
    let begun = options.resume === true;
    const signal = stop ?? interruptSignal(keptOnce(() => begun), defer);
    const { engine, helpers } = await startFor(options, terminal);
    const network = describeNetwork(config);
    if (network !== undefined) terminal.note(network);
    const detector = await system.create({ config, teachers, ...(await backboneWeights(config, options.weights, terminal, signal)) });
    defer(() => detector.dispose());

    const run = await openRun({
      root: out,
      model: system.name,
      ...datasetNames(images),
      run: options.run ?? `${config.preset}-seed${config.seed}`,
      config: { model: config, images: { ...images, holdOut } },
      mode: options.resume ? 'resume' : options.force ? 'force' : 'new',
    });
    defer(run.close);
    begun = true;
    terminal.note(`run: ${run.path}`);
    if (found === undefined) await drawParts(out, config.seed, terminal);
    const { dataset, train, validation } = found ?? (await trainingImages(images, config.seed, holdOut, terminal));

    const { store, scratch, discard } = openFeatureStores(run.file('scratch'), options.cache, terminal);
    const report = await fitModel({ detector, train, validation, units: images, store, scratch, helpers, run, terminal, signal });
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
    await run.write(runFiles.model, await detector.toBytes(usesDepth(config.modality) ? { source: unitsToKeep(images) } : {}));

    const evaluation =
      dataset.test.length === 0
        ? undefined
        : await writeEvaluation({ detector, dataset, modelFile: model, units: images, folder: run.path, store, helpers, terminal, signal, maps, evalSize });
    await discard();
    await run.finish();
    const { threshold, heatScale } = detector;
    return { run: run.path, model, images: train.length, seconds: report.seconds, threshold, falseAlarms: config.falseAlarms, modality: config.modality, evaluation, training, heatScale };
  });
}
