import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listCategory } from '@blemish/datasets';
import type { HeatScale } from '@blemish/detectors';
import { readFloatTiff } from '@blemish/images';
import ndarray from 'ndarray';
import { mapFile } from './map-file.js';
import type { Terminal } from './terminal.js';
import { predictionFiles, writePrediction, type PredictionFiles } from './write-prediction.js';

/** Whose maps are shown, and where. */
export interface DemoPicturesPlan {
  readonly data: string;
  readonly category: string;
  /** The run's folder, which holds the maps. */
  readonly run: string;
  readonly heatScale: HeatScale;
  readonly out: string;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal | undefined;
}

/** The files of one part, relative to the folder of pictures. */
export interface DemoPicture extends Partial<PredictionFiles> {
  /** Kind of defect, or `good`. */
  readonly defect: string;
}

/** Shows the first test part of each kind as `predict` does. */
export async function writeDemoPictures({ data, category, run, heatScale, out, terminal, signal }: DemoPicturesPlan): Promise<readonly DemoPicture[]> {
  const { test } = await listCategory(data, category, { modality: 'rgb+depth' });
  const firsts = test.filter(({ defect }, i) => test.findIndex((other) => other.defect === defect) === i);
  const pictures: DemoPicture[] = [];
  const stage = terminal.stage('pictures', 'parts');
  try {
    for (const file of firsts) {
      signal?.throwIfAborted();
      const path = join(run, mapFile(category, file.id));
      const { data: values, shape } = await readFloatTiff(await readFile(path), path);
      const written = await writePrediction(file, ndarray(values, [...shape]), predictionFiles(file.defect), { out, heatScale, units: {} });
      pictures.push({ defect: file.defect, ...written });
      stage.update(pictures.length, firsts.length);
    }
  } finally {
    stage.end();
  }
  return pictures;
}
