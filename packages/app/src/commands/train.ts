import { createAst, type AstConfig } from '@blemish/detectors';
import { openRun, runFiles, toCsv } from '@blemish/storage';
import { backboneWeights } from '../backbone-weights.js';
import { openSource } from '../open-source.js';
import { checkDataset, datasetNames, datasetOptionsOf, listDataset, type DatasetOptions } from '../dataset-options.js';
import { drawnParts } from '../drawn-parts.js';
import { UsageError } from '../errors.js';
import { openFeatureStores } from '../feature-stores.js';
import { holdOut } from '../hold-out.js';
import { listenForInterrupt } from '../interrupt.js';
import { modelConfig, type ModelOptions } from '../model-options.js';
import { createFitDisplay } from '../run-progress.js';
import { startFor, terminalFor, type CommonOptions } from '../start.js';
import type { Terminal } from '../terminal.js';
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

/** Trains a model, and evaluates it where there are test images. */
export function runTrain(options: TrainOptions): Promise<void> {
  return withCleanup(async (defer) => {
    if (options.resume && options.force) throw new UsageError('--resume: give it or --force, not both');
    const terminal = terminalFor(options);
    const config = await modelConfig(options);
    const images = await namedImages(options, config, terminal);
    const dataset = await listDataset(images, config.seed);
    if (dataset.train.length === 0) throw new UsageError('images: expected good images to train on, got none');
    await checkDataset(dataset, terminal);
    const { train, validation } = holdOut(dataset.train, options.holdOut ?? 0, config.seed);

    const { signal, release } = listenForInterrupt();
    defer(release);
    const engine = await startFor(options, terminal);
    const detector = await createAst({ config, ...(await backboneWeights(config, options.weights, terminal, signal)) });
    defer(() => detector.dispose());

    const run = await openRun({
      root: options.out,
      model: options.model,
      ...datasetNames(images),
      run: options.run ?? `${config.preset}-seed${config.seed}`,
      config: { model: config, images: { ...datasetOptionsOf(images), holdOut: options.holdOut ?? 0 } },
      mode: options.resume ? 'resume' : options.force ? 'force' : 'new',
    });
    defer(run.close);
    terminal.note(`run: ${run.path}`);
    terminal.note(`images: ${train.length} good to train on, ${validation.length} kept out, ${dataset.test.length} to test on`);

    const { store, scratch, discard } = openFeatureStores(run.file('scratch'), options.cache, terminal);
    const source = openSource(train, detector.inputSize, defer);
    const display = createFitDisplay(terminal);
    defer(display.end);
    const resumeFrom = await run.readCheckpoint();
    const report = await detector.fit(source, {
      store,
      scratch,
      signal,
      onProgress: display.update,
      onCheckpoint: run.writeCheckpoint,
      ...(validation.length > 0 && { validation: openSource(validation, detector.inputSize, defer) }),
      ...(resumeFrom && { resumeFrom }),
    });
    display.end();
    for (const note of report.notes) terminal.note(`note: ${note}`);

    const training = {
      seconds: report.seconds,
      images: train.length,
      batch: report.batch,
      notes: report.notes,
      engine: { backend: engine.backend, version: engine.version, threads: engine.threads },
      heatScale: detector.heatScale,
      threshold: detector.threshold ?? null,
    };
    await run.write(runFiles.losses, toCsv(['phase', 'epoch', 'loss'], report.losses.map((loss) => ({ ...loss }))));
    await run.writeJson('training.json', training);
    await run.write(runFiles.model, await detector.toBytes());

    const metrics =
      dataset.test.length === 0
        ? undefined
        : await writeEvaluation({
            detector,
            dataset,
            modelFile: run.file(runFiles.model),
            folder: run.path,
            store,
            terminal,
            signal,
            maps: options.maps,
            ...(options.evalSize !== undefined && { evalSize: options.evalSize }),
          });
    await discard();
    await run.finish();
    if (options.json) terminal.out(JSON.stringify({ run: run.path, model: run.file(runFiles.model), training, metrics: metrics ?? null }, null, 2));
    else terminal.out(`model: ${run.file(runFiles.model)}`);
  });
}

/** The images that the options name; for preset `smoke` without any, parts that are drawn. */
async function namedImages(options: TrainOptions, config: AstConfig, terminal: Terminal): Promise<DatasetOptions> {
  const named = datasetOptionsOf(options);
  if (Object.keys(named).length > 0 || options.preset !== 'smoke') return named;
  return drawnParts(options.out, config.seed, terminal);
}
