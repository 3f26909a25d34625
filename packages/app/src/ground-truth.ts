import { loadMask, type LabeledFile } from '@blemish/datasets';
import type { Size } from '@blemish/detectors';

/** Reads ground truth at a size; undefined where a defective image has no mask. Good images of a size share one array. */
export function groundTruth(): (file: LabeledFile, shape: Size) => Promise<Uint8Array | undefined> {
  const good = new Map<number, Uint8Array>();
  return async (file, shape) => {
    if (file.label === 1) return file.maskPath === undefined ? undefined : loadMask(file, shape);
    const count = shape[0] * shape[1];
    const mask = good.get(count) ?? new Uint8Array(count);
    good.set(count, mask);
    return mask;
  };
}
