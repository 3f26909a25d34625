import { join } from 'node:path';
import { encodeCloudTiff, encodePng } from '@blemish/images';
import ndarray from 'ndarray';
import { earlierParts, removeParts } from './earlier-parts.js';
import { drawScannedPart, type ScannedPartOptions } from './scanned/draw-scanned-part.js';
import { partDefectNames, type PartDefect } from './scanned/part-defects.js';
import { partNames, type PartName } from './scanned/part-models.js';
import { writeWhole } from './write-whole.js';

/** Which parts are drawn, and how many of each. */
export interface SyntheticPartsOptions {
  readonly seed: number;
  /** Each becomes a category. Default: all of {@link partNames}. */
  readonly parts?: readonly PartName[];
  /** Good parts to train on, a part. Default 120. */
  readonly train?: number;
  /** Good parts of the validation split. Default 12. */
  readonly validation?: number;
  /** Good parts to test on. Default 24. */
  readonly testGood?: number;
  /** Defective parts to test on, of each kind. Default 8. */
  readonly testPerDefect?: number;
  /** Kinds of defects. Default: all of {@link partDefectNames}. */
  readonly defects?: readonly PartDefect[];
  /** Edge of pictures and clouds in pixels. Default 256. */
  readonly size?: number;
  /** Removes an earlier set of the same parts first. Default: one that holds more is an error. */
  readonly replace?: boolean;
  /** Called after each part. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between two parts. */
  readonly signal?: AbortSignal;
}

/** Counts and size where none are given. */
export const syntheticPartsDefaults = { train: 120, validation: 12, testGood: 24, testPerDefect: 8, size: 256 } as const;

/** One part and where its files go, below the folder; `truth` for parts to test on. */
interface PlannedPart {
  readonly options: ScannedPartOptions;
  readonly image: string;
  readonly cloud: string;
  readonly truth?: string;
}

/**
 * Draws data sets in the layout of MVTec 3D-AD, one category a part:
 * `<part>/{train,validation,test}/<good or defect>/{rgb/000.png,xyz/000.tiff}`, and below `test` also `gt/000.png`. One part is in
 * memory at a time. The same options write the same bytes again, and a larger count keeps the parts of a smaller one.
 *
 * @throws one line for wrong options, and where a category's folder already holds other images or a larger set: they would be
 *   taken for parts
 */
export async function writeSyntheticParts(folder: string, options: SyntheticPartsOptions): Promise<void> {
  const { parts = partNames, replace = false, onProgress, signal } = options;
  const plan = planSyntheticParts(options);
  const names = plan.flatMap(({ image, cloud, truth = image }) => [image, cloud, truth]);
  const earlier: string[] = [];
  for (const part of parts) {
    const own = names.filter((name) => name.startsWith(`${part}/`)).map((name) => name.slice(part.length + 1));
    earlier.push(...(await earlierParts(join(folder, part), new Set(own), replace)));
  }
  await removeParts(earlier);
  let done = 0;
  for (const { options: one, image, cloud, truth } of plan) {
    signal?.throwIfAborted();
    const drawn = drawScannedPart(one);
    const to = (name: string): string => join(folder, ...name.split('/'));
    await writeWhole(to(image), await encodePng(drawn.image));
    await writeWhole(to(cloud), encodeCloudTiff(drawn.cloud));
    if (truth !== undefined) await writeWhole(to(truth), await encodePng(ndarray(drawn.mask.map((value) => value * 255), [one.size, one.size])));
    onProgress?.(++done, plan.length);
  }
}

/** Every part that the options ask for, in the order in which they are drawn. */
function planSyntheticParts(options: SyntheticPartsOptions): PlannedPart[] {
  const { seed, parts = partNames, defects = partDefectNames } = options;
  const counts = { ...syntheticPartsDefaults, ...definedOnly(options) };
  for (const name of ['train', 'validation', 'testGood', 'testPerDefect', 'size'] as const) {
    if (!Number.isSafeInteger(counts[name]) || counts[name] < 0) throw new Error(`writeSyntheticParts: expected a whole number of ${name}, got ${counts[name]}`);
  }
  const lists: readonly (readonly [string, readonly string[]])[] = [['parts', parts], ['defects', defects]];
  for (const [name, list] of lists) {
    const double = list.find((entry, i) => list.indexOf(entry) !== i);
    if (double !== undefined) throw new Error(`writeSyntheticParts: ${name} holds '${double}' twice`);
  }
  return parts.flatMap((part) => {
    const some = (split: string, kind: PartDefect | 'good', stream: number, count: number): PlannedPart[] =>
      Array.from({ length: count }, (_, index) => {
        const at = (below: string, ending: string): string => `${part}/${split}/${kind}/${below}/${String(index).padStart(3, '0')}.${ending}`;
        return {
          options: { part, seed, stream, index, size: counts.size, defect: kind === 'good' ? undefined : kind },
          image: at('rgb', 'png'),
          cloud: at('xyz', 'tiff'),
          ...(split === 'test' && { truth: at('gt', 'png') }),
        };
      });
    return [
      ...some('train', 'good', 0, counts.train),
      ...some('validation', 'good', 1, counts.validation),
      ...some('test', 'good', 2, counts.testGood),
      ...defects.flatMap((kind) => some('test', kind, 3 + partDefectNames.indexOf(kind), counts.testPerDefect)),
    ];
  });
}

/** Without what is undefined, which would hide a default. */
function definedOnly<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
