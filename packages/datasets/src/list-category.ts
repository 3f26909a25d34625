import { join } from 'node:path';
import type { Dataset } from './dataset.js';
import { folderExists } from './find-images.js';
import { listMvtec3dAd } from './list-mvtec3d-ad.js';
import { listMvtecAd, type ListOptions } from './list-mvtec-ad.js';

/** Layouts of data sets with categories. */
export type CategoryLayout = 'mvtec-ad' | 'mvtec-3d-ad';

/**
 * Which layout a category has. `train/good/xyz` makes it MVTec 3D-AD's; so does `train/good/rgb` alone, unless a folder
 * `ground_truth` stands beside `train`, which MVTec 3D-AD does not have.
 */
export async function categoryLayout(root: string, category: string): Promise<CategoryLayout> {
  const there = async (...below: readonly string[]): Promise<boolean> => folderExists(join(root, category, ...below));
  if (category === '') return 'mvtec-ad';
  if (await there('train', 'good', 'xyz')) return 'mvtec-3d-ad';
  return (await there('train', 'good', 'rgb')) && !(await there('ground_truth')) ? 'mvtec-3d-ad' : 'mvtec-ad';
}

/**
 * Lists one category in whichever layout it has, see `listMvtecAd` and `listMvtec3dAd`.
 *
 * @param root the folder that holds the categories
 * @throws as they do
 */
export async function listCategory(root: string, category: string, options: ListOptions = {}): Promise<Dataset> {
  const list = (await categoryLayout(root, category)) === 'mvtec-3d-ad' ? listMvtec3dAd : listMvtecAd;
  return list(root, category, options);
}
