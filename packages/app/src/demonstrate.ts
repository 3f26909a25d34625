import { join } from 'node:path';
import type { PartName } from '@blemish/datasets';
import { writeAtomic } from '@blemish/storage';
import { baselineRecord } from './baseline-record.js';
import { compareWithBaselines, type ComparedMetric } from './compare-with-baselines.js';
import { listDataset } from './dataset-options.js';
import type { DemoParts } from './demo-parts.js';
import { drawSyntheticParts } from './draw-synthetic-parts.js';
import { interruptSignal } from './interrupt.js';
import { comparisonSize, measureBaselines } from './measure-baselines.js';
import { metricsRecord } from './metrics-record.js';
import { demoFiles, openDemoFolder } from './open-demo-folder.js';
import type { CommonOptions } from './start.js';
import type { Terminal } from './terminal.js';
import { trainModel } from './train-model.js';
import { withCleanup } from './with-cleanup.js';
import { writeDemoPictures, type DemoPicture } from './write-demo-pictures.js';

/** What is demonstrated. */
export interface DemoPlan extends CommonOptions {
  readonly out: string;
  readonly seed: number;
  readonly part: PartName;
  readonly force?: boolean;
  readonly parts: DemoParts;
}

/** What came of it. */
export interface Demo {
  /** Folder of the run. */
  readonly run: string;
  readonly metrics: readonly ComparedMetric[];
  /** Where the pictures lie. */
  readonly folder: string;
  readonly pictures: readonly DemoPicture[];
  /** What demo.json holds. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** Camera and scanner together; the bundled backbone needs no download. */
const [preset, modality] = ['smoke-3d', 'rgb+depth'] as const;

/** The whole way once: draws a part, trains on its pictures and scans, measures the model and the baselines, and shows what it finds. */
export function demonstrate({ out, seed, part, force = false, parts, ...common }: DemoPlan, terminal: Terminal): Promise<Demo> {
  return withCleanup(async (defer) => {
    defer(await openDemoFolder(out, force));
    const signal = interruptSignal('the same command with --force starts anew', defer);
    const { config, ...drawn } = parts;
    const begun = { out, seed, part, preset, modality, drawn };
    const write = (document: object): Promise<void> => writeAtomic(join(out, demoFiles.document), `${JSON.stringify(document, null, 2)}\n`);
    const images = { data: join(out, demoFiles.parts), category: part };
    await write(begun);
    await drawSyntheticParts(images.data, { ...drawn, seed, parts: [part], validation: 0, signal }, terminal);
    const trained = await trainModel({ ...common, ...images, model: 'ast', preset, modality, config, seed, out, run: preset, maps: true, cache: false }, terminal, signal);
    const { run, model, training, evaluation, heatScale } = trained;
    if (evaluation === undefined) throw new Error(`${run}: expected a model that was measured, got one without test images`);
    if (heatScale === undefined) throw new Error(`${run}: expected a model with a heat scale, got one without`);
    const dataset = await listDataset({ ...images, modality }, seed);
    const baselines = await measureBaselines({ dataset, modality, size: comparisonSize, units: {}, terminal, signal });
    const folder = join(out, demoFiles.pictures);
    const pictures = await writeDemoPictures({ ...images, run, heatScale, out: folder, terminal, signal });
    const document = { ...begun, run, model, training, metrics: metricsRecord(evaluation.measured), baselines: baselines.map(baselineRecord), folder, pictures };
    await write(document);
    return { run, metrics: compareWithBaselines(evaluation.measured, baselines), folder, pictures, document };
  });
}
