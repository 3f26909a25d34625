import { dirname } from 'node:path';
import { readRun } from '@blemish/storage';

/** What depth files are written in. */
export interface DepthUnits {
  /** Unit of lengths. */
  readonly depthUnit?: 'm' | 'mm';
  /** Units in a level of a height map; a factor for other depth. */
  readonly depthScale?: number;
}

/** The same as what decodes depth files takes it. */
export function depthValues({ depthUnit: unit, depthScale: scale }: DepthUnits): { readonly unit?: 'm' | 'mm'; readonly scale?: number } {
  return { ...(unit !== undefined && { unit }), ...(scale !== undefined && { scale }) };
}

/**
 * Unit and scale that are given; where neither is, both of the training. They belong together: the scale of one file's
 * levels says nothing about another file's metres.
 */
export function unitsOr({ depthUnit, depthScale }: DepthUnits, trained: DepthUnits): DepthUnits {
  const { depthUnit: unit, depthScale: scale } = depthUnit === undefined && depthScale === undefined ? trained : { depthUnit, depthScale };
  return { ...(unit !== undefined && { depthUnit: unit }), ...(scale !== undefined && { depthScale: scale }) };
}

/**
 * What the depth files to score are written in: what is said, else what was said when the model was trained, where its run
 * is known; a broken config.json beside a model is nobody's business where the options say it.
 */
export async function depthUnitsFor(modelFile: string, given: DepthUnits): Promise<DepthUnits> {
  const isGiven = given.depthUnit !== undefined || given.depthScale !== undefined;
  const run = isGiven ? undefined : await readRun(dirname(modelFile));
  const { images } = (run?.config ?? {}) as { images?: DepthUnits };
  return unitsOr(given, images ?? {});
}
