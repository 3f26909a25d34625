import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { validateDataset } from '@blemish/datasets';
import { decodeImage, encodeFloatTiff, encodePng } from '@blemish/images';
import { overlay } from '@blemish/raster';
import { runFiles, toCsv, writeAtomic } from '@blemish/storage';
import type { HeatScale } from '@blemish/detectors';
import type { NdArray } from 'ndarray';
import { imagesToScore, spareImages } from '../images-to-score.js';
import { listenForInterrupt } from '../interrupt.js';
import { modelFileOf, openModel } from '../open-model.js';
import { openSource } from '../open-source.js';
import { predictionNames } from '../prediction-names.js';
import { startFor, terminalFor, type CommonOptions } from '../start.js';
import { withCleanup } from '../with-cleanup.js';

/** Options of `blemish predict`. */
export interface PredictOptions extends CommonOptions {
  readonly weights?: string;
  readonly out: string;
  readonly force?: boolean;
}

/** One line of scores.csv and one entry of the JSON document. */
interface Prediction {
  readonly image: string;
  readonly score: number;
  readonly score_mean: number;
  readonly score_max: number;
  /** Present where the model has a threshold. */
  readonly defective?: boolean;
  /** Files below `--out`. */
  readonly map: string;
  readonly picture: string;
}

/** Scores images: for each a number, a float map, and a picture with the heat over it. */
export function runPredict(model: string, paths: readonly string[], options: PredictOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const { out } = options;
    const terminal = terminalFor(options);
    const modelFile = await modelFileOf(model);
    const table = join(out, runFiles.scores);
    if (!options.force && (await stat(table).catch(() => undefined)) !== undefined) {
      throw new Error(`${table}: earlier predictions are there; take another --out, or --force to replace them`);
    }
    const files = await imagesToScore(paths, out);
    const targets = predictionNames(files.map(({ id }) => id)).map((name) => ({ map: `${name}.tiff`, picture: `${name}.png` }));
    await spareImages(files, targets.flatMap(({ map, picture }) => [map, picture]), out);
    await validateDataset({ train: files, test: [] });

    const { signal, release } = listenForInterrupt('what was scored before is written, but for scores.csv');
    defer(release);
    const { helpers } = await startFor(options, terminal);
    const detector = await openModel(modelFile, options.weights);
    defer(() => detector.dispose());
    const { heatScale, threshold } = detector;
    if (heatScale === undefined) throw new Error(`${modelFile}: holds no heat scale`);

    // On a terminal the scores themselves show how far it is.
    const stage = options.json || !process.stdout.isTTY ? terminal.stage('predict', 'images') : undefined;
    defer(() => stage?.end());
    const rows: Prediction[] = [];
    // Files are written while the next image is scored, one image's at a time.
    let written = Promise.resolve();
    let asked = 0;
    const source = openSource(files, detector.inputSize, defer);
    defer(() => written.catch(() => undefined));
    for await (const { id, score, scores, map } of detector.scoreSource(source, { helpers, signal })) {
      const [file, target] = [files[asked], targets[asked]];
      if (file === undefined || target === undefined) throw new Error(`predict: ${id} was not asked for`);
      asked++;
      await written;
      const verdict = threshold === undefined ? {} : { defective: score > threshold.value };
      const row = { image: file.path, score, score_mean: scores.mean, score_max: scores.max, ...verdict, ...target };
      written = writePrediction(out, row, map, heatScale).then(() => {
        rows.push(row);
        if (!options.json) terminal.out([file.path, score.toPrecision(5), ...verdictText(verdict), placeIn(out, target.picture)].join('\t'));
        stage?.update(rows.length, files.length);
      });
      // Heard where it is awaited; without this, one that fails before that would end the process.
      written.catch(() => undefined);
    }
    await written;
    const columns = ['image', 'score', 'score_mean', 'score_max', 'defective', 'map', 'picture'] as const;
    await writeAtomic(table, toCsv(columns, rows.map((row) => ({ ...row }))));
    const document = { out, reduction: detector.reduction, threshold: threshold ?? null, heatScale, images: rows };
    if (options.json) terminal.out(JSON.stringify(document, null, 2));
    terminal.note(`scores: ${table}; maps (.tiff) and pictures (.png) beside it`);
  });
}

/** Writes an image's map and its picture. */
async function writePrediction(out: string, { image, map: mapName, picture }: Prediction, map: NdArray<Float32Array>, heatScale: HeatScale): Promise<void> {
  await writeAtomic(placeIn(out, mapName), encodeFloatTiff(map.data, map.shape as [number, number]));
  await writeAtomic(placeIn(out, picture), await encodePng(overlay(await decodeImage(image), map, heatScale)));
}

function placeIn(out: string, name: string): string {
  return join(out, ...name.split('/'));
}

function verdictText({ defective }: Pick<Prediction, 'defective'>): string[] {
  return defective === undefined ? [] : [defective ? 'defective' : 'good'];
}
