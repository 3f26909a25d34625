import { basename, join, resolve } from 'node:path';
import { categoryFolder } from './category-folder.js';
import type { Dataset, LabeledFile } from './dataset.js';
import { defectiveFiles } from './defective-files.js';
import { findFolders, findImages, folderExists } from './find-images.js';
import { findParts, requireParts, type PartFolders } from './find-parts.js';
import { matchMasks } from './match-masks.js';
import { usesImage, type Modality } from '@blemish/depth';
import { nameFiles } from './name-files.js';
import { naturalOrder } from './natural-order.js';
import { sameNames } from './same-names.js';

/** How a category is listed. */
export interface ListOptions {
  /** What is listed of each part. Default: its image. */
  readonly modality?: Modality | undefined;
}

/**
 * Lists one category in the layout of MVTec AD:
 * `<category>/{train/good, test/good, test/<defect>, ground_truth/<defect>/<name>_mask.png}`. A category without test
 * images is one that can only be trained on. With modality `depth` its images are height maps or clouds.
 *
 * @param root the folder that holds the categories
 * @throws one line: no such category (and which there are), no training images, a mask without its image, `rgb+depth`
 */
export async function listMvtecAd(root: string, category: string, { modality = 'rgb' }: ListOptions = {}): Promise<Dataset> {
  const folder = await categoryFolder(root, category);
  if (modality === 'rgb+depth') {
    throw new Error(`${folder}: one picture a part, as in MVTec AD; rgb+depth needs MVTec 3D-AD's train/good/rgb and train/good/xyz`);
  }
  const partsOf = (below: string): PartFolders => {
    const path = join(folder, ...below.split('/'));
    return usesImage(modality) ? { images: path } : { depths: path };
  };
  const train = nameFiles(await requireParts(partsOf('train/good'), modality), 'train/good');

  const truth = join(folder, 'ground_truth');
  const tested = (await folderExists(join(folder, 'test'))) ? await findFolders(join(folder, 'test')) : [];
  const masked = (await folderExists(truth)) ? await findFolders(truth) : [];
  const defects = [...new Set([...tested, ...masked])].filter((name) => name !== 'good').sort(naturalOrder);
  const notes: string[] = [];
  const test: LabeledFile[] = [];
  for (const defect of ['good', ...defects]) {
    const parts = tested.includes(defect) ? await findParts(partsOf(`test/${defect}`), modality) : [];
    sameNames(parts);
    const files = nameFiles(parts, `test/${defect}`);
    if (defect === 'good') {
      test.push(...files.map((file) => ({ ...file, label: 0 as const, defect })));
      continue;
    }
    const masks = masked.includes(defect) ? await findImages(join(truth, defect)) : [];
    test.push(...defectiveFiles(files, matchMasks(parts, masks, join(folder, 'test', defect)), defect, notes));
  }
  const dataset = basename(resolve(root));
  return { name: `${dataset}/${category}`, dataset, category, train, test, heldOut: [], notes };
}
