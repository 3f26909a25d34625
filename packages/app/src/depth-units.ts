import type { ModelSource } from '@blemish/detectors';

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

/** Unit and scale as a model file keeps them: what they were in training, said outright. */
export function unitsToKeep({ depthUnit = 'm', depthScale }: DepthUnits): ModelSource {
  return { depthUnit, ...(depthScale !== undefined && { depthScale }) };
}

/** Unit and scale that a model file keeps; none where it was made by another program. */
export function unitsKept({ depthUnit, depthScale }: ModelSource = {}): DepthUnits {
  return {
    ...((depthUnit === 'm' || depthUnit === 'mm') && { depthUnit }),
    ...(typeof depthScale === 'number' && { depthScale }),
  };
}
