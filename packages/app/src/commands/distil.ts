import { distilDescriptor, lossTerms, resolveDistilConfig, type DistilConfig, type DistilProgress, type LossTerm, type LossValues } from '@blemish/detectors';
import { distilBackbone } from '../distil-backbone.js';
import { UsageError } from '../errors.js';
import { ofFile } from '../of-file.js';
import { openDistillation, type DistillationOptions } from '../open-distillation.js';
import { terminalFor } from '../start.js';
import { formatDuration } from '../terminal.js';
import { withCleanup } from '../with-cleanup.js';

/** Options of `blemish distil`. */
export interface DistilCommandOptions extends DistillationOptions {
  readonly receptiveField: string;
  readonly steps?: number;
  readonly third?: string;
  readonly losses?: Readonly<Record<LossTerm, number>>;
  readonly compactness?: DistilConfig['compactness'];
  readonly batch?: number;
  readonly learningRate?: number;
  readonly schedule?: DistilConfig['schedule'];
  readonly backboneSize?: number;
  readonly minScale?: number;
  readonly maxScale?: number;
  readonly targets?: DistilConfig['targets'];
  readonly correlated?: DistilConfig['correlated'];
  /** Whether the file is written in half precision. */
  readonly half?: boolean;
}

/** Distils a patch descriptor from an ImageNet network, on natural images. What was typed is checked before anything is written. */
export function runDistil(options: DistilCommandOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const terminal = terminalFor(options);
    const config = configOf(options);
    const { files, source, outputs, weights, weightsSource, signal, engine } = await openDistillation(options, { counted: 'step', across: 'steps', losses: lossTerms }, terminal, defer);
    const backbone = distilBackbone(options.backbone, weights);
    terminal.note(`images: ${files.length}; from ${backbone.name} up to ${backbone.spec.taps[0]?.name}, patches of ${config.receptiveField} enlarged to ${config.backboneSize}`);
    const stage = terminal.stage('distil', 'steps');
    defer(stage.end);
    const distilled = await distilDescriptor({
      config,
      samples: source,
      backbone,
      weights,
      weightsSource,
      dtype: options.half ? 'F16' : 'F32',
      onProgress: ({ done, total, losses }: DistilProgress) => stage.update(done, total, describe(losses)),
      onCheckpoint: outputs.keep,
      resumeFrom: outputs.resumeFrom,
      signal,
    }).catch((error: unknown) => {
      throw ofFile(error, files);
    });
    await outputs.finish(distilled.bytes, distilled.losses);
    stage.end();

    const { out, csv, svg } = outputs;
    const last = distilled.losses.at(-1) as LossValues;
    if (options.json) {
      terminal.out(JSON.stringify({ out, losses: last, curves: [csv, svg], seconds: distilled.seconds, config, engine }, null, 2));
      return;
    }
    terminal.out(out);
    terminal.note(`${config.steps} steps in ${formatDuration(distilled.seconds)}, losses of the last: ${describe(last)}`);
    terminal.note(`curves: ${csv}, ${svg}`);
    terminal.note(`next: blemish train --model uninformed-students --teacher ${out} --good FOLDER`);
  });
}

/** The configuration that was typed. */
function configOf(options: DistilCommandOptions): DistilConfig {
  const { steps, seed, losses: weights, compactness, batch, learningRate, schedule, backboneSize, minScale, maxScale, targets, correlated, third } = options;
  const receptiveField = Number(options.receptiveField) as DistilConfig['receptiveField'];
  try {
    return resolveDistilConfig({ receptiveField, steps, seed, weights, compactness, batch, learningRate, schedule, backboneSize, minScale, maxScale, targets, correlated, third: third === undefined ? undefined : (Number(third) as 128 | 256) });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Losses in a few words. */
function describe(losses: LossValues): string {
  return lossTerms.flatMap((term) => (losses[term] === undefined ? [] : [`${term} ${losses[term].toPrecision(4)}`])).join(', ');
}
