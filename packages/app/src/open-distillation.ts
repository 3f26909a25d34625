import { createSampleSource, listImages, type FileSampleSource, type ImageFile } from '@blemish/datasets';
import type { ResNetName } from '@blemish/features';
import type { StartedEngine } from '@blemish/engine/node';
import { fetchPublicWeights, readWeightFile, type LoadedWeights } from './backbone-weights.js';
import { checkDistilBackbone } from './distil-backbone.js';
import { openDistilFiles, type DistilFiles, type LossRow, type LossTable } from './distil-files.js';
import { checkNaturalImages } from './distil-images.js';
import { interruptSignal, keptOnce } from './interrupt.js';
import { startFor, type CommonOptions } from './start.js';
import type { Terminal } from './terminal.js';
import type { Defer } from './with-cleanup.js';

/** Options of every command that distils. */
export interface DistillationOptions extends CommonOptions {
  /** Folder of natural images. */
  readonly images: string;
  /** The network to learn from. */
  readonly backbone: string;
  readonly weights?: string;
  readonly out: string;
  readonly seed: number;
  readonly resume?: boolean;
  readonly force?: boolean;
}

/** What a distillation works with. */
export interface OpenDistillation<Row> {
  readonly backbone: ResNetName;
  readonly files: readonly ImageFile[];
  readonly source: FileSampleSource<'rgb'>;
  readonly outputs: DistilFiles<Row>;
  readonly weights: LoadedWeights['backboneWeights'];
  readonly weightsSource: string;
  readonly signal: AbortSignal;
  /** What a JSON document says of the engine. */
  readonly engine: Pick<StartedEngine, 'backend' | 'version' | 'threads'>;
}

/**
 * Opens images, output files, engine and weights, in this order: what takes least time is checked first.
 *
 * @throws UsageError for options; Error naming a folder or file that cannot be read, written or downloaded
 */
export async function openDistillation<Counted extends string, Loss extends string>(
  options: DistillationOptions,
  table: LossTable<Counted, Loss>,
  terminal: Terminal,
  defer: Defer,
): Promise<OpenDistillation<LossRow<Counted, Loss>>> {
  const { backbone } = options;
  checkDistilBackbone(backbone);
  const files = await listImages([options.images]);
  await checkNaturalImages(files, terminal);
  const outputs = await openDistilFiles(options.out, options, table, defer);
  let begun = options.resume === true;
  const signal = interruptSignal(keptOnce(() => begun), defer);
  const { backend, version, threads } = (await startFor(options, terminal)).engine;
  const { backboneWeights: weights, weightsSource } = await readWeightFile(options.weights ?? (await fetchPublicWeights(options.backbone, terminal, signal)));
  begun = true; // a stop leaves a checkpoint from here on
  if (outputs.resumeFrom !== undefined) terminal.note(`goes on from ${outputs.checkpoint}`);
  const source = createSampleSource(files, { modality: 'rgb' });
  defer(source.close);
  return { backbone, files, source, outputs, weights, weightsSource, signal, engine: { backend, version, threads } };
}
