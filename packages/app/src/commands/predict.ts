import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeFloatTiff, encodePng, decodeImage } from '@blemish/images';
import { listImages } from '@blemish/datasets';
import { overlay } from '@blemish/raster';
import { toCsv, writeAtomic } from '@blemish/storage';
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

/** Scores images: for each a number, a float map, and a picture with the heat over it. */
export function runPredict(model: string, paths: readonly string[], options: PredictOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const terminal = terminalFor(options);
    const modelFile = await modelFileOf(model);
    const files = await listImages(paths);
    const names = predictionNames(files.map(({ id }) => id));
    const table = join(options.out, 'scores.csv');
    if (!options.force && (await stat(table).catch(() => undefined)) !== undefined) {
      throw new Error(`${table}: earlier predictions are there; take another --out, or --force to replace them`);
    }

    const { signal, release } = listenForInterrupt();
    defer(release);
    await startFor(options, terminal);
    const detector = await openModel(modelFile, options.weights);
    defer(() => detector.dispose());
    const { heatScale, threshold } = detector;
    if (heatScale === undefined) throw new Error(`${modelFile}: holds no heat scale`);

    const stage = terminal.stage('predict', 'images');
    defer(() => stage.end());
    const rows: { image: string; score: number; score_mean: number; score_max: number; defective?: boolean; map: string; picture: string }[] = [];
    for await (const { id, score, scores, map } of detector.scoreSource(openSource(files, detector.inputSize, defer), { signal })) {
      const file = files[rows.length];
      const name = names[rows.length];
      if (file === undefined || name === undefined) throw new Error(`predict: ${id} was not asked for`);
      const [height, width] = map.shape as [number, number];
      const targets = { map: `${name}.tiff`, picture: `${name}.png` };
      await writeAtomic(join(options.out, ...targets.map.split('/')), encodeFloatTiff(map.data, [height, width]));
      const picture = overlay(await decodeImage(file.path), map, heatScale);
      await writeAtomic(join(options.out, ...targets.picture.split('/')), await encodePng(picture));
      const verdict = threshold === undefined ? {} : { defective: score > threshold.value };
      rows.push({ image: file.path, score, score_mean: scores.mean, score_max: scores.max, ...verdict, ...targets });
      if (!options.json) terminal.out(`${file.path}\t${score}${verdict.defective === undefined ? '' : verdict.defective ? '\tdefective' : '\tgood'}`);
      stage.update(rows.length, files.length);
    }
    await writeAtomic(table, toCsv(['image', 'score', 'score_mean', 'score_max', 'defective', 'map', 'picture'], rows));
    if (options.json) {
      terminal.out(JSON.stringify({ out: options.out, reduction: detector.reduction, threshold: threshold ?? null, heatScale, images: rows }, null, 2));
    }
    terminal.note(`maps and pictures: ${options.out}`);
  });
}
