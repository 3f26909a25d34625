import { aurocInterval } from '@blemish/metrics';

/** Test images by class. */
interface ImageCounts {
  readonly good: number;
  readonly defective: number;
}

/**
 * What to say of a model that does not tell defective from good: one whose image AUROC is no better than chance, since the
 * 95 % interval that the number of images gives it does not lie above one half. Undefined for every other, and where there
 * is no AUROC.
 */
export function chanceNote(area: number | undefined, { good, defective }: ImageCounts): string | undefined {
  if (area === undefined) return undefined;
  const { low, high } = aurocInterval(area, defective, good);
  if (low > 0.5) return undefined;
  const interval = `${low.toFixed(2)} to ${high.toFixed(2)}`;
  return `an image AUROC of ${area.toFixed(2)} on ${good} good and ${defective} defective images is no better than chance (95 % interval ${interval})`;
}
