import { usesDepth, usesImage, type Modality } from '@blemish/detectors';
import { folderRoles, type DatasetOptions } from './dataset-options.js';
import { UsageError } from './errors.js';

/**
 * Refuses folders that a model would not look at: whoever names depth maps beside images expects both to count. One that lacks
 * the partner which the model does look at is refused where the data are listed.
 *
 * @throws UsageError naming the option
 */
export function refuseUnseen(options: DatasetOptions, modality: Modality): void {
  for (const [images, depths, imagesFlag, depthsFlag] of folderRoles) {
    const hasBoth = options[images] !== undefined && options[depths] !== undefined;
    if (hasBoth && !usesDepth(modality)) throw new UsageError(`${depthsFlag}: modality ${modality} looks at images alone; leave it out, or train with --modality rgb+depth`);
    if (hasBoth && !usesImage(modality)) throw new UsageError(`${imagesFlag}: modality ${modality} looks at depth alone; leave it out, or train with --modality rgb+depth`);
  }
}
