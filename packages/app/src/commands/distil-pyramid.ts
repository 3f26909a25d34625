import { createSampleSource, listImages } from '@blemish/datasets';
import { distilPyramid, resolvePyramidDistilConfig, type EpochLoss, type PyramidDistilConfig } from '@blemish/detectors';
import { createResNet, writeBackbone, type ResNetName } from '@blemish/features';
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
    await checkNaturalImages(files, terminal);
    const outputs = await openDistilFiles(options.out, options, { counted: 'epoch', across: 'epochs', losses: ['loss'] }, defer);
    const signal = interruptSignal('what was reached is kept, go on with --resume', defer);
    const { engine } = await startFor(options, terminal);
    const { backboneWeights: weights, weightsSource } = await readWeightFile(options.weights ?? (await fetchPublicWeights(options.backbone, terminal, signal)));
    const backbone = createResNet({ variant: options.backbone, taps: config.levels, batched: true });
    if (outputs.resumeFrom !== undefined) terminal.note(`goes on from ${outputs.checkpoint}`);
    terminal.note(`images: ${files.length}; ${config.student} from ${backbone.name}, views of ${config.view}`);
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
      onCheckpoint: (bytes, soFar) => outputs.keep(bytes, soFar.map(rowOf)),
      resumeFrom: outputs.resumeFrom,
      signal,
    }).catch((error: unknown) => {
      throw ofFile(error, files);
    });
    await outputs.finish(writeBackbone({ name: config.student, ...distilled, dtype: 'F16' }), losses.map(rowOf));
    display.end();
    if (options.json) {
      const { backend, version, threads } = engine;
      terminal.out(JSON.stringify({ out: outputs.out, loss: losses.at(-1)?.loss, curves: [outputs.csv, outputs.svg], seconds: distilled.seconds, config, engine: { backend, version, threads } }, null, 2));
      return;
    }
    terminal.out(outputs.out);
    terminal.note(`${config.epochs} epochs in ${formatDuration(distilled.seconds)}, loss of the last ${losses.at(-1)?.loss.toPrecision(4)}`);
  });
}

/** An epoch's loss as a line of the table. */
function rowOf({ epoch, loss }: EpochLoss): Pick<EpochLoss, 'epoch' | 'loss'> {
  return { epoch, loss };
}

/** The configuration that was typed. */
function configOf({ student, epochs, batch, view, learningRate, seed }: DistilPyramidOptions): PyramidDistilConfig {
  try {
    return resolvePyramidDistilConfig({ student: student as ResNetName | undefined, epochs, batch, view, learningRate, seed });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
