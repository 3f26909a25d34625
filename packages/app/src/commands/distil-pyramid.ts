import { createSampleSource, listImages } from '@blemish/datasets';
import { distilPyramid, pyramidDistilSchema, type PyramidDistilConfig } from '@blemish/detectors';
import { createResNet } from '@blemish/features';
import { writeSafetensors } from '@blemish/weights';
import { fetchPublicWeights, readWeightFile } from '../backbone-weights.js';
import { checkDistilBackbone } from '../distil-backbone.js';
import { openDistilFiles } from '../distil-files.js';
import { checkNaturalImages } from '../distil-images.js';
import { UsageError } from '../errors.js';
import { interruptSignal } from '../interrupt.js';
import { ofFile } from '../of-file.js';
import { createFitDisplay } from '../run-progress.js';
import { startFor, terminalFor, type CommonOptions } from '../start.js';
import { formatDuration } from '../terminal.js';
import { withCleanup } from '../with-cleanup.js';

/** Options of `blemish distil-pyramid`. */
export interface DistilPyramidOptions extends CommonOptions {
  /** Folder of natural images. */
  readonly images: string;
  readonly backbone: string;
  readonly weights?: string;
  /** The network that learns. */
  readonly student?: string;
  readonly out: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly view?: number;
  readonly learningRate?: number;
  readonly seed: number;
  readonly resume?: boolean;
  readonly force?: boolean;
}

/** Distils a small network that gives an ImageNet network's maps at several levels, on natural images. */
export function runDistilPyramid(options: DistilPyramidOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const terminal = terminalFor(options);
    const config = configOf(options);
    checkDistilBackbone(options.backbone);
    const files = await listImages([options.images]);
    const outputs = await openDistilFiles(options.out, options, defer);
    const signal = interruptSignal('what was reached is kept, go on with --resume', defer);
    await checkNaturalImages(files, terminal);
    const { engine } = await startFor(options, terminal);
    const { backboneWeights: weights, weightsSource } = await readWeightFile(options.weights ?? (await fetchPublicWeights(options.backbone, terminal, signal)));
    const backbone = createResNet({ variant: options.backbone, taps: config.levels, batched: true });
    const source = createSampleSource(files, { modality: 'rgb' });
    defer(source.close);
    const display = createFitDisplay(terminal);
    defer(display.end);
    const { losses, ...distilled } = await distilPyramid({
      config,
      samples: source,
      backbone,
      weights,
      weightsSource,
      onProgress: display.update,
      onCheckpoint: (bytes) => outputs.keep(bytes, []),
      resumeFrom: outputs.resumeFrom,
      signal,
    }).catch((error: unknown) => {
      throw ofFile(error, files);
    });
    const halves = [...distilled.weights].map(([name, array]) => [name, { ...array, dtype: 'F16' as const }] as const);
    const header = { format: 'blemish-backbone', version: 1, ...distilled.provenance };
    await outputs.finish(writeSafetensors(halves, { blemish: JSON.stringify(header) }), losses.map(({ epoch, loss }) => ({ step: epoch, knowledge: loss })));
    if (options.json) {
      const { backend, version, threads } = engine;
      terminal.out(JSON.stringify({ out: outputs.out, loss: losses.at(-1)?.loss, curves: [outputs.csv, outputs.svg], seconds: distilled.seconds, config, engine: { backend, version, threads } }, null, 2));
      return;
    }
    terminal.out(outputs.out);
    terminal.note(`${config.epochs} epochs in ${formatDuration(distilled.seconds)}, loss of the last ${losses.at(-1)?.loss.toPrecision(4)}`);
  });
}

/** The configuration that was typed. */
function configOf({ student, epochs, batch, view, learningRate, seed }: DistilPyramidOptions): PyramidDistilConfig {
  const given = Object.fromEntries(Object.entries({ student, epochs, batch, view, learningRate, seed }).filter(([, value]) => value !== undefined));
  const result = pyramidDistilSchema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(`distillation '${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'is not valid'}`, { cause: result.error });
}
