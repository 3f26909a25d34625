import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { validateDataset } from '@blemish/datasets';
import { usesDepth, usesImage } from '@blemish/detectors';
import { isNoDepth } from '@blemish/images';
import { runFiles, toCsv, writeAtomic } from '@blemish/storage';
import { checkDepth } from '../check-depth.js';
import { partsToScore, spareImages } from '../images-to-score.js';
import { UsageError } from '../errors.js';
import { interruptSignal } from '../interrupt.js';
import { modelFileOf, openModel, readModel } from '../open-model.js';
import { depthValues, unitsKept, unitsOr, type DepthUnits } from '../depth-units.js';
import { ofFile } from '../of-file.js';
import { openSource } from '../open-source.js';
import { predictionNames } from '../prediction-names.js';
import { startFor, terminalFor, type CommonOptions } from '../start.js';
import { withCleanup } from '../with-cleanup.js';
import { placeIn, predictionFiles, writePrediction, type PredictionFiles } from '../write-prediction.js';

/** Options of `blemish predict`. */
export interface PredictOptions extends CommonOptions, DepthUnits {
  readonly depth?: readonly string[];
  readonly weights?: string;
  readonly out: string;
  readonly force?: boolean;
}

/** One line of scores.csv and one entry of the JSON document. */
interface Prediction extends Partial<PredictionFiles> {
  /** The image, or the depth map where depth stands alone. */
  readonly image: string;
  readonly score: number;
  readonly score_mean: number;
  readonly score_max: number;
  /** Present where the model has a threshold. */
  readonly defective?: boolean;
}

/** Scores parts: for each a number, a float map, a picture with the heat over it, and a coloured cloud where there is one. */
export function runPredict(path: string, paths: readonly string[], options: PredictOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const { out, depth: depths = [] } = options;
    if (paths.length + depths.length === 0) throw new UsageError('predict: expected images, or folders of images, or clouds and height maps with --depth; got none');
    const terminal = terminalFor(options);
    const modelFile = await modelFileOf(path);
    const table = join(out, runFiles.scores);
    if (!options.force && (await stat(table).catch(() => undefined)) !== undefined) {
      throw new Error(`${table}: earlier predictions are there; take another --out, or --force to replace them`);
    }
    const model = await readModel(modelFile);
    const { modality, depth } = model;
    const units = usesDepth(modality) ? unitsOr(options, unitsKept(model.source)) : {};
    const partialTable = join(out, 'scores.partial.csv');
    const files = await partsToScore({ images: paths, depths }, modality, out, terminal);
    const targets = predictionNames(files.map(({ id }) => id)).map(predictionFiles);
    await spareImages(files, targets.flatMap((names) => Object.values<string>({ ...names })), out);
    await validateDataset({ train: files, test: [] }, { depth: depthValues(units) }).catch((cause: Error) => {
      throw usesImage(modality) || !isNoDepth(cause) ? cause : new Error(`${cause.message}; this model looks at depth alone`, { cause });
    });
    await checkDepth(files, units, depth, terminal);

    const signal = interruptSignal('what was scored before is written, its scores in scores.partial.csv', defer);
    const { helpers } = await startFor(options, terminal);
    const detector = await openModel(model, options.weights);
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
    const source = openSource(files, detector, units, defer);
    const writing = { out, heatScale, units };
    defer(() => written.catch(() => undefined));
    try {
      for await (const { id, score, scores, map } of detector.scoreSource(source, { helpers, signal })) {
        const [file, target] = [files[asked], targets[asked]];
        if (file === undefined || target === undefined) throw new Error(`predict: ${id} was not asked for`);
        asked++;
        await written;
        const verdict = threshold === undefined ? {} : { defective: score > threshold.value };
        written = writePrediction(file, map, target, writing).then((names) => {
          rows.push({ image: file.path, score, score_mean: scores.mean, score_max: scores.max, ...verdict, ...names });
          if (!options.json) terminal.out([file.path, score.toPrecision(5), ...verdictText(verdict), placeIn(out, target.picture)].join('\t'));
          stage?.update(rows.length, files.length);
        });
        // Heard where it is awaited; without this, one that fails before that would end the process.
        written.catch(() => undefined);
      }
      await written;
    } catch (error) {
      await written.catch(() => undefined);
      if (rows.length > 0) await writeAtomic(partialTable, scoresCsv(rows));
      throw ofFile(error, files.slice(asked, asked + 1));
    }
    await writeAtomic(table, scoresCsv(rows));
    await rm(partialTable, { force: true });
    const document = { out, reduction: detector.reduction, threshold: threshold ?? null, heatScale, images: rows };
    if (options.json) terminal.out(JSON.stringify(document, null, 2));
    terminal.note(`scores: ${table}; maps (.tiff) and pictures (.png) beside it`);
  });
}

/** One line a part. */
function scoresCsv(rows: readonly Prediction[]): string {
  const clouds = rows.some(({ cloud }) => cloud !== undefined) ? (['cloud', 'view'] as const) : [];
  const columns = ['image', 'score', 'score_mean', 'score_max', 'defective', 'map', 'picture', ...clouds] as const;
  return toCsv(columns, rows.map((row) => ({ ...row })));
}

function verdictText({ defective }: Pick<Prediction, 'defective'>): string[] {
  return defective === undefined ? [] : [defective ? 'defective' : 'good'];
}
