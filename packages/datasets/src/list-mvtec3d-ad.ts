import { basename, join, resolve } from 'node:path';
import { categoryFolder } from './category-folder.js';
import type { Dataset, ImageFile, LabeledFile } from './dataset.js';
import { defectiveFiles } from './defective-files.js';
import { findFolders, findImages, folderExists } from './find-images.js';
import { findParts, requireParts, type PartFolders } from './find-parts.js';
import type { ListOptions } from './list-mvtec-ad.js';
import { matchMasks } from './match-masks.js';
import { usesImage } from '@blemish/depth';
import { nameFiles } from './name-files.js';
import { sameNames } from './same-names.js';
import { scanLayout } from './scan-folders.js';

/**
 * Lists one category in the layout of MVTec 3D-AD:
 * `<category>/{train,validation,test}/<defect or good>/{rgb/<n>.png, xyz/<n>.tiff}`, and masks in `test/<...>/gt/<n>.png`.
 * `validation` and `test` may be absent. Good images' masks are `emptyMaskPath`.
 *
 * Ids leave out the innermost folder: `test/hole/000.png`, and `test/hole/000.tiff` where depth is listed alone.
 *
 * @param root the folder that holds the categories
 * @throws one line: no such category (and which there are), nothing to train on, an image without its cloud or the
 * reverse, a mask without its image
 */
export async function listMvtec3dAd(root: string, category: string, { modality = 'rgb' }: ListOptions = {}): Promise<Dataset> {
  const folder = await categoryFolder(root, category);
  const foldersOf = (below: string): Required<PartFolders> => {
    const path = join(folder, ...below.split('/'));
    return { images: join(path, scanLayout.image), depths: join(path, scanLayout.depth) };
  };
  const train = nameFiles(await requireParts(foldersOf('train/good'), modality), 'train/good');
  const hasValidation = await folderExists(join(folder, 'validation', 'good'));
  const validation: ImageFile[] = hasValidation ? nameFiles(await findParts(foldersOf('validation/good'), modality), 'validation/good') : [];

  const tested = (await folderExists(join(folder, 'test'))) ? await findFolders(join(folder, 'test')) : [];
  const notes: string[] = [];
  const test: LabeledFile[] = [];
  for (const defect of [...tested.filter((name) => name === 'good'), ...tested.filter((name) => name !== 'good')]) {
    const folders = foldersOf(`test/${defect}`);
    const parts = await findParts(folders, modality);
    sameNames(parts);
    const truth = join(folder, 'test', defect, scanLayout.mask);
    const found = (await folderExists(truth)) ? await findImages(truth) : [];
    const masks = matchMasks(parts, found, usesImage(modality) ? folders.images : folders.depths);
    const files = nameFiles(parts, `test/${defect}`);
    test.push(...(defect === 'good' ? goodFiles(files, masks) : defectiveFiles(files, masks, defect, notes)));
  }
  const dataset = basename(resolve(root));
  return { name: `${dataset}/${category}`, dataset, category, train, validation, test, heldOut: [], notes };
}

function goodFiles(files: readonly ImageFile[], masks: readonly (string | undefined)[]): LabeledFile[] {
  return files.map((file, i) => {
    const emptyMaskPath = masks[i];
    return { ...file, label: 0, defect: 'good', ...(emptyMaskPath !== undefined && { emptyMaskPath }) };
  });
}
