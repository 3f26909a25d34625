import { aurocByChance } from '@blemish/metrics';

/** Test images by class. */
interface ImageCounts {
  readonly good: number;
  readonly defective: number;
}

/**
 * What to say of a model that is not shown to tell defective from good: one whose image AUROC scores without sense would reach
 * on so many images, too, as any does on very few. Undefined for every other, and where there is no AUROC.
 */
export function chanceNote(area: number | undefined, { good, defective }: ImageCounts): string | undefined {
  if (area === undefined) return undefined;
  const bound = aurocByChance(defective, good);
  if (area > bound) return undefined;
  return `an image AUROC of ${area.toFixed(2)} on ${good} good and ${defective} defective images is no better than chance, which reaches ${bound.toFixed(2)} on so many images`;
}
