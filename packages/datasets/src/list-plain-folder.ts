import { realpath } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import type { Dataset, ImageFile, LabeledFile } from './dataset.js';
import { findImages, noImages, type FoundFile } from './find-images.js';
import { matchMasks } from './match-masks.js';
import { sameNames } from './same-names.js';
import { seededRandom } from './seeded-random.js';

/** Folders of images, each walked at any depth. */
export interface PlainFolders {
  /** Good images to train on. */
  readonly good?: string | undefined;
  /** Good images to test on. */
  readonly testGood?: string | undefined;
  /** Defective images to test on; the first folder below names the kind of defect. */
  readonly defective?: string | undefined;
  /** Masks of the defective images: the same relative name, with `_mask` or without. */
  readonly masks?: string | undefined;
  /** Chooses what is kept out of training (default 0). */
  readonly seed?: number;
}

/**
 * Lists plain folders. With defective images but no good ones to test on, a fifth of the good images, chosen by the seed,
 * is kept out of training for the test; `heldOut` names them.
 *
 * Ids are `train/good/<name>`, `test/good/<name>` and `test/defective/<name>`.
 *
 * @throws one line: a folder without images, a mask without its image, good and defective folders inside each other
 */
export async function listPlainFolder(folders: PlainFolders): Promise<Dataset> {
  const { good, testGood, defective, masks, seed = 0 } = folders;
  const root = good ?? testGood ?? defective;
  if (root === undefined) throw new Error('plain folders: expected at least one of good, testGood, defective; got none');
  if (masks !== undefined && defective === undefined) throw new Error(`${masks}: masks, but no folder of defective images to go with them`);
  await apart({ good, testGood, defective });

  const leaveOut = masks === undefined ? [] : [await realpath(masks).catch(() => masks)];
  const list = async (folder: string | undefined): Promise<FoundFile[]> => {
    if (folder === undefined) return [];
    const found = await findImages(folder, leaveOut);
    if (found.length === 0) throw noImages(folder);
    return found;
  };
  const notes: string[] = [];
  let train = await list(good);
  let kept: FoundFile[] = []; // out of training
  const bad = await list(defective);
  if (defective !== undefined && testGood === undefined && train.length > 1) {
    const chosen = new Set(seededRandom(seed).permutation(train.length).slice(0, Math.max(1, Math.floor(train.length / 5))));
    kept = train.filter((_, i) => chosen.has(i));
    notes.push(`${kept.length} of ${train.length} good images are kept out of training for the test (seed ${seed})`);
    train = train.filter((_, i) => !chosen.has(i));
  }
  const heldOut = named(kept, 'test/good');
  const tested = [...named(await list(testGood), 'test/good'), ...heldOut];
  sameNames(tested.map(({ path, id }) => ({ path, name: id })));
  sameNames(bad);

  const truth = masks === undefined ? [] : await findImages(masks);
  const matched = matchMasks(bad, truth, defective ?? '');
  const without = matched.filter((mask) => mask === undefined).length;
  if (without > 0) notes.push(`${without} of ${bad.length} defective images have no mask: they count for image metrics only`);
  const test: LabeledFile[] = tested.map((file) => ({ ...file, label: 0, defect: 'good' }));
  bad.forEach(({ path, name }, i) => {
    const maskPath = matched[i];
    const defect = name.includes('/') ? (name.split('/')[0] as string) : 'defective';
    test.push({ path, id: `test/defective/${name}`, label: 1, defect, ...(maskPath !== undefined && { maskPath }) });
  });
  const category = basename(resolve(root));
  return { name: `folder/${category}`, dataset: 'folder', category, train: named(train, 'train/good'), test, heldOut: heldOut.map(({ id }) => id), notes };
}

function named(files: readonly FoundFile[], prefix: string): ImageFile[] {
  return files.map(({ path, name }) => ({ path, id: `${prefix}/${name}` }));
}

/** Throws where one folder lies in another: a defective image would be learnt as good, or tested on after training. */
async function apart(folders: Readonly<Record<string, string | undefined>>): Promise<void> {
  const real: [string, string, string][] = [];
  for (const [role, folder] of Object.entries(folders)) {
    if (folder !== undefined) real.push([role, folder, await realpath(folder).catch(() => resolve(folder))]);
  }
  for (const [role, folder, path] of real)
    for (const [otherRole, other, otherPath] of real) {
      if (role !== otherRole && `${path}${sep}`.startsWith(`${otherPath}${sep}`)) {
        throw new Error(`${folder} (${role}): lies in ${other} (${otherRole}), so its images would count as both`);
      }
    }
}
