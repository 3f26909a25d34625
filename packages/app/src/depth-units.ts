import { dirname } from 'node:path';
import { readRun } from '@blemish/storage';
import type { DepthUnits } from './open-source.js';

/** What depth files are written in: what is said, else what was said when the model was trained, where its run is known. */
export async function depthUnitsFor(modelFile: string, { depthUnit, depthScale }: DepthUnits): Promise<DepthUnits> {
  const run = await readRun(dirname(modelFile));
  const { images } = (run?.config ?? {}) as { images?: DepthUnits };
  const [unit, scale] = [depthUnit ?? images?.depthUnit, depthScale ?? images?.depthScale];
  return { ...(unit !== undefined && { depthUnit: unit }), ...(scale !== undefined && { depthScale: scale }) };
}
