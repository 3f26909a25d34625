import { join } from 'node:path';
import { isDepthOnly, type ImageFile } from '@blemish/datasets';
import { backProject, depthLevels, encodePly, renderCloud } from '@blemish/depth';
import type { HeatScale } from '@blemish/detectors';
import { decodeDepth, decodeImage, encodeFloatTiff, encodePng } from '@blemish/images';
import { overlay, resizeBilinear } from '@blemish/raster';
import { writeAtomic } from '@blemish/storage';
import type { NdArray } from 'ndarray';
import { depthValues, type DepthUnits } from './depth-units.js';

/** Files that a prediction is written to, relative to the folder of results, forward slashes. */
export interface PredictionFiles {
  readonly map: string;
  readonly picture: string;
  /** Where the part was scanned as a cloud: its points with colours and scores, and a view of them. */
  readonly cloud: string;
  readonly view: string;
}

/** Where the files of a part go. */
export function predictionFiles(name: string): PredictionFiles {
  return { map: `${name}.tiff`, picture: `${name}.png`, cloud: `${name}.ply`, view: `${name}.cloud.png` };
}

/** How predictions are written. */
export interface PredictionOptions {
  /** Folder of results. */
  readonly out: string;
  readonly heatScale: HeatScale;
  readonly units: DepthUnits;
}

/**
 * Writes a part's map, its picture with the heat over it (over its depth where there is no image), and its cloud where it has one.
 *
 * @returns the files that were written
 */
export async function writePrediction(
  file: ImageFile,
  map: NdArray<Float32Array>,
  files: PredictionFiles,
  { out, heatScale, units }: PredictionOptions,
): Promise<Partial<PredictionFiles>> {
  const place = (name: string): string => placeIn(out, name);
  const { path, depthPath } = file;
  const scan = depthPath === undefined ? undefined : await decodeDepth(depthPath, depthValues(units));
  const plain = scan !== undefined && isDepthOnly(file) ? depthLevels(scan.z) : await decodeImage(path);
  const picture = overlay(plain, map, heatScale); // [H,W,3]
  await writeAtomic(place(files.map), encodeFloatTiff(map.data, map.shape as [number, number]));
  await writeAtomic(place(files.picture), await encodePng(picture));
  const { map: mapFile, picture: pictureFile } = files;
  if (scan?.cloud === undefined) return { map: mapFile, picture: pictureFile };
  const { cloud } = scan;
  const [height, width] = cloud.shape as [number, number, number];
  const colours = resizeBilinear(picture, [height, width]);
  await writeAtomic(place(files.cloud), encodePly(cloud, { colours: colours.data, scores: backProject(map, cloud) }));
  await writeAtomic(place(files.view), await encodePng(renderCloud(cloud, colours)));
  return files;
}

/** A file's path. */
export function placeIn(out: string, name: string): string {
  return join(out, ...name.split('/'));
}
