import { join } from 'node:path';
import { encodePng } from '@blemish/images';
import ndarray from 'ndarray';
import { findImages, folderExists } from '../find-images.js';
import { defectKinds } from './defects.js';
import { drawPart, type PartOptions } from './draw-parts.js';
import { writeWhole } from './write-whole.js';

/** How many parts are drawn. */
export interface SyntheticOptions {
  readonly seed: number;
  /** Good parts to train on. */
  readonly train: number;
  /** Good parts to test on. */
  readonly testGood: number;
  /** Defective parts to test on; the kinds take turns. */
  readonly testDefective: number;
  /** Edge of the pictures in pixels. */
  readonly size: number;
}

/** The category that is written. */
export const syntheticCategory = 'parts';

interface PlannedPart extends PartOptions {
  readonly file: string;
  readonly maskFile?: string;
}

/**
 * Draws a data set in the layout of MVTec AD into `folder/parts`. The same options write the same bytes again.
 *
 * @throws one line where `folder/parts` already holds other images: they would be taken for parts
 */
export async function writeSyntheticDataset(folder: string, options: SyntheticOptions): Promise<void> {
  const root = join(folder, syntheticCategory);
  const plan = planParts(options);
  const names = new Set(plan.flatMap(({ file, maskFile }) => (maskFile === undefined ? [file] : [file, maskFile])));
  const others = (await folderExists(root)) ? (await findImages(root)).filter(({ name }) => !names.has(name)) : [];
  if (others[0]) throw new Error(`${others[0].path}: an image that is not of the set to be drawn; draw into another folder`);
  for (const { file, maskFile, ...part } of plan) {
    const { image, mask } = drawPart(part);
    await writeWhole(join(root, ...file.split('/')), await encodePng(image));
    if (maskFile === undefined) continue;
    const levels = ndarray(mask.map((value) => value * 255), [part.size, part.size]);
    await writeWhole(join(root, ...maskFile.split('/')), await encodePng(levels));
  }
}

function planParts({ seed, train, testGood, testDefective, size }: SyntheticOptions): PlannedPart[] {
  const number = (index: number): string => String(index).padStart(3, '0');
  const many = (count: number, part: (index: number) => PlannedPart): PlannedPart[] => Array.from({ length: count }, (_, i) => part(i));
  return [
    ...many(train, (index) => ({ seed, stream: 0, index, size, file: `train/good/${number(index)}.png` })),
    ...many(testGood, (index) => ({ seed, stream: 1, index, size, file: `test/good/${number(index)}.png` })),
    ...many(testDefective, (index) => {
      const defect = defectKinds[index % defectKinds.length] as (typeof defectKinds)[number];
      const name = number(Math.floor(index / defectKinds.length));
      const [file, maskFile] = [`test/${defect}/${name}.png`, `ground_truth/${defect}/${name}_mask.png`];
      return { seed, stream: 2, index, size, defect, file, maskFile };
    }),
  ];
}
