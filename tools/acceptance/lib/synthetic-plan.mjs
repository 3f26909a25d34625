// @ts-check
import { partDefectNames, partDefects } from '@blemish/datasets';

/** @typedef {'rgb' | 'depth' | 'rgb+depth'} Modality */

/** What is drawn for each seed; the rest are the defaults of `blemish synthesize`. */
export const drawn = { parts: ['plate', 'gear', 'bottle-cap'], count: 120, validation: 4, testGood: 24, testPerDefect: 8 };

/** @type {readonly Modality[]} */
export const modes = ['rgb', 'depth', 'rgb+depth'];

/** Kinds of defects by what they show in. */
export const shows = {
  colour: kindsThatShowIn('colour'),
  depth: kindsThatShowIn('depth'),
  both: kindsThatShowIn('both'),
};

/** The ablation of the paper's table 5 and section 4.4, as far as these parts can show it. */
export const ablations = ['mask', 'positional encoding', 'likelihood'];

/**
 * Settings on top of preset `quick-3d`: two thirds of its edge, since the pictures have 256 pixels; the same steps and the same
 * score for every modality.
 *
 * @param {Modality} modality
 * @param {string} [ablation] what is left out or, for the likelihood, taken in place of the distance
 */
export function settings(modality, ablation) {
  const depth = { size: 128, dilate: 6, ...(ablation === 'mask' && { mask: false }) };
  return {
    ...(modality !== 'depth' && { imageSize: [256, 256] }),
    ...(modality !== 'rgb' && { depth }),
    ...(ablation === 'positional encoding' && { positionalChannels: 0 }),
    score: { reduction: 'max', ...(ablation === 'likelihood' && { of: 'likelihood' }) },
    ...(ablation === 'likelihood' && { student: { epochs: 1 } }), // no score asks for it
  };
}

/** @param {'colour' | 'depth' | 'both'} where */
function kindsThatShowIn(where) {
  return partDefectNames.filter((name) => partDefects[name] === where);
}
