import { basename, join, resolve } from 'node:path';
import type { Dataset, LabeledFile } from './dataset.js';
import { findFolders, findImages, folderExists, noImages, type FoundFile } from './find-images.js';
import { matchMasks } from './match-masks.js';
import { naturalOrder } from './natural-order.js';
import { sameNames } from './same-names.js';

/**
 * Lists one category in the layout of MVTec AD:
 * `<category>/{train/good, test/good, test/<defect>, ground_truth/<defect>/<name>_mask.png}`. A category without test
 * images is one that can only be trained on.
 *
 * @param root the folder that holds the categories
 * @throws one line: no such category (and which there are), no training images, a mask without its image
 */
export async function listMvtecAd(root: string, category: string): Promise<Dataset> {
  const folder = join(root, category);
  if (category === '' || !(await folderExists(folder))) throw await noCategory(root, category);
  const train = await imagesOf(folder, 'train/good');
  if (train.length === 0) throw noImages(join(folder, 'train', 'good'));

  const truth = join(folder, 'ground_truth');
  const tested = (await folderExists(join(folder, 'test'))) ? await findFolders(join(folder, 'test')) : [];
  const masked = (await folderExists(truth)) ? await findFolders(truth) : [];
  const defects = [...new Set([...tested, ...masked])].filter((name) => name !== 'good').sort(naturalOrder);
  const notes: string[] = [];
  const test: LabeledFile[] = [];
  for (const defect of ['good', ...defects]) {
    const images = tested.includes(defect) ? await imagesOf(folder, `test/${defect}`) : [];
    sameNames(images);
    if (defect === 'good') {
      test.push(...images.map(({ path, name }) => ({ path, id: name, label: 0 as const, defect })));
      continue;
    }
    const masks = masked.includes(defect) ? await findImages(join(truth, defect)) : [];
    const relative = images.map(({ path, name }) => ({ path, name: name.slice(`test/${defect}/`.length) }));
    const matched = matchMasks(relative, masks, join(folder, 'test', defect));
    images.forEach(({ path, name }, i) => {
      const maskPath = matched[i];
      test.push({ path, id: name, label: 1, defect, ...(maskPath !== undefined && { maskPath }) });
    });
    const without = matched.filter((mask) => mask === undefined).length;
    if (without > 0) notes.push(`${without} of ${images.length} images of ${defect} have no mask: they count for image metrics only`);
  }
  const dataset = basename(resolve(root));
  const files = train.map(({ path, name }) => ({ path, id: name }));
  return { name: `${dataset}/${category}`, dataset, category, train: files, test, heldOut: [], notes };
}

/** Images below `folder/below`, named from `folder`. */
async function imagesOf(folder: string, below: string): Promise<FoundFile[]> {
  const found = await findImages(join(folder, ...below.split('/')));
  return found.map(({ path, name }) => ({ path, name: `${below}/${name}` }));
}

async function noCategory(root: string, category: string): Promise<Error> {
  const folders = await findFolders(root);
  const isCategory = async (path: string): Promise<boolean> => folderExists(join(path, 'train', 'good'));
  if (await isCategory(root)) return new Error(`${root}: no category ${JSON.stringify(category)} in it; it is a category itself, give the folder above it`);
  const there: string[] = [];
  for (const name of folders) if (await isCategory(join(root, name))) there.push(name);
  return new Error(`${root}: no category ${JSON.stringify(category)}; there ${there.length > 0 ? `are ${there.join(', ')}` : 'is none (a category has train/good)'}`);
}
