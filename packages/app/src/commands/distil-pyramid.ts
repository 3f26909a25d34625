import { distilPyramid, resolvePyramidDistilConfig, type EpochLoss, type PyramidDistilConfig } from '@blemish/detectors';
import { createResNet, writeBackbone, type ResNetName } from '@blemish/features';
import { UsageError } from '../errors.js';
import { ofFile } from '../of-file.js';
import { openDistillation, type DistillationOptions } from '../open-distillation.js';
import { createFitDisplay } from '../run-progress.js';
import { terminalFor } from '../start.js';
import { formatDuration } from '../terminal.js';
import { withCleanup } from '../with-cleanup.js';

/** Options of `blemish distil-pyramid`. */
export interface DistilPyramidOptions extends DistillationOptions {
  /** The network that learns. */
  readonly student?: string;
  readonly epochs?: number;
  readonly batch?: number;
  readonly view?: number;
  readonly learningRate?: number;
}

/** Distils a small network that gives an ImageNet network's maps at several levels, on natural images. */
export function runDistilPyramid(options: DistilPyramidOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const terminal = terminalFor(options);
    const config = configOf(options);
    const { backbone: variant, files, source, outputs, weights, weightsSource, signal, engine } = await openDistillation(options, { counted: 'epoch', across: 'epochs', losses: ['loss'] }, terminal, defer);
    const backbone = createResNet({ variant, taps: config.levels, batched: true });
    terminal.note(`images: ${files.length}; ${config.student} from ${backbone.name}, views of ${config.view}`);
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
      terminal.out(JSON.stringify({ out: outputs.out, loss: losses.at(-1)?.loss, curves: [outputs.csv, outputs.svg], seconds: distilled.seconds, config, engine }, null, 2));
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
