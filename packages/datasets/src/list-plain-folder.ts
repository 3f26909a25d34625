import { basename, resolve, sep } from 'node:path';
import type { Dataset, LabeledFile } from './dataset.js';
import { findImages } from './find-images.js';
import { requireParts } from './find-parts.js';
import { matchMasks } from './match-masks.js';
import { usesDepth, usesImage, type Modality } from '@blemish/depth';
import { nameFiles } from './name-files.js';
import type { FoundPart } from './pair-depth.js';
import { realFolder } from './real-folder.js';
import { sameNames } from './same-names.js';
import { seededRandom } from './seeded-random.js';

/** Folders of images and of depth maps, each walked at any depth. */
export interface PlainFolders {
  /** Good images to train on. */
  readonly good?: string | undefined;
  /** Good images to test on. */
  readonly testGood?: string | undefined;
  /** Defective images to test on; the first folder below names the kind of defect. */
  readonly defective?: string | undefined;
  /** Depth maps of `good`: the same relative names, any ending. It may be the same folder, or lie in it. */
  readonly goodDepth?: string | undefined;
  /** Depth maps of `testGood`. */
  readonly testGoodDepth?: string | undefined;
  /** Depth maps of `defective`. */
  readonly defectiveDepth?: string | undefined;
  /** Masks of the defective images: the same relative name, with `_mask` or without. */
  readonly masks?: string | undefined;
  /** What is listed of each part. Default: all that there are folders of. */
  readonly modality?: Modality | undefined;
  /** Chooses what is kept out of training (default 0). */
  readonly seed?: number;
}

/**
 * Lists plain folders. With defective images but no good ones to test on, a fifth of the good images, chosen by the seed,
 * is kept out of training for the test; `heldOut` names them.
 *
 * Ids are `train/good/<name>`, `test/good/<name>` and `test/defective/<name>`.
 *
 * @throws one line: a folder without images, an image without its depth map or the reverse, a mask without its image, good
 * and defective folders inside each other
 */
export async function listPlainFolder(folders: PlainFolders): Promise<Dataset> {
  const { masks, seed = 0 } = folders;
  const given = folderModality(folders);
  const modality = folders.modality ?? given;
  const all = {
    good: { images: folders.good, depths: folders.goodDepth },
    testGood: { images: folders.testGood, depths: folders.testGoodDepth },
    defective: { images: folders.defective, depths: folders.defectiveDepth },
  };
  /** The folder that names a role, if it was given. */
  const folderOf = ({ images, depths }: (typeof all)[keyof typeof all]): string | undefined => (usesImage(modality) ? (images ?? depths) : (depths ?? images));
  const root = folderOf(all.good) ?? folderOf(all.testGood) ?? folderOf(all.defective);
  const defectiveFolder = folderOf(all.defective);
  if (root === undefined) throw new Error('plain folders: expected at least one of good, testGood, defective; got none');
  if (masks !== undefined && defectiveFolder === undefined) throw new Error(`${masks}: masks, but no folder of defective images to go with them`);
  await apart(all);

  const leaveOut = masks === undefined ? [] : [await realFolder(masks)];
  const list = async (role: keyof typeof all): Promise<FoundPart[]> =>
    folderOf(all[role]) === undefined ? [] : requireParts(all[role], modality, leaveOut);
  const notes: string[] = [];
  if (given === 'rgb+depth' && !usesDepth(modality)) notes.push('depth maps are not looked at: modality rgb');
  if (given === 'rgb+depth' && !usesImage(modality)) notes.push('images are not looked at: modality depth');
  let train = await list('good');
  let kept: FoundPart[] = []; // out of training
  const bad = await list('defective');
  if (defectiveFolder !== undefined && folderOf(all.testGood) === undefined && train.length > 1) {
    const chosen = new Set(seededRandom(seed).permutation(train.length).slice(0, Math.max(1, Math.floor(train.length / 5))));
    kept = train.filter((_, i) => chosen.has(i));
    notes.push(`${kept.length} of ${train.length} good images are kept out of training for the test (seed ${seed})`);
    train = train.filter((_, i) => !chosen.has(i));
  }
  const heldOut = nameFiles(kept, 'test/good');
  const tested = [...nameFiles(await list('testGood'), 'test/good'), ...heldOut];
  sameNames(tested.map(({ path, id }) => ({ path, name: id })));
  sameNames(bad);

  const truth = masks === undefined ? [] : await findImages(masks);
  const matched = matchMasks(bad, truth, defectiveFolder ?? '');
  const without = matched.filter((mask) => mask === undefined).length;
  if (without > 0) notes.push(`${without} of ${bad.length} defective images have no mask: they count for image metrics only`);
  const test: LabeledFile[] = tested.map((file) => ({ ...file, label: 0, defect: 'good' }));
  nameFiles(bad, 'test/defective').forEach((file, i) => {
    const [maskPath, { name }] = [matched[i], bad[i] as FoundPart];
    const defect = name.includes('/') ? (name.split('/')[0] as string) : 'defective';
    test.push({ ...file, label: 1, defect, ...(maskPath !== undefined && { maskPath }) });
  });
  const category = basename(resolve(root));
  return { name: `folder/${category}`, dataset: 'folder', category, train: nameFiles(train, 'train/good'), test, heldOut: heldOut.map(({ id }) => id), notes };
}

/** What folders there are of: images, depth maps, or both. */
export function folderModality(folders: PlainFolders): Modality {
  const images = folders.good ?? folders.testGood ?? folders.defective;
  const depths = folders.goodDepth ?? folders.testGoodDepth ?? folders.defectiveDepth;
  if (depths === undefined) return 'rgb';
  return images === undefined ? 'depth' : 'rgb+depth';
}

/** Throws where one folder lies in another's: a defective image would be learnt as good, or tested on after training. */
async function apart(roles: Readonly<Record<string, { readonly images?: string | undefined; readonly depths?: string | undefined }>>): Promise<void> {
  const real: { role: string; name: string; folder: string; path: string }[] = [];
  for (const [role, { images, depths }] of Object.entries(roles)) {
    if (images !== undefined) real.push({ role, name: role, folder: images, path: await realFolder(images) });
    if (depths !== undefined) real.push({ role, name: `${role}Depth`, folder: depths, path: await realFolder(depths) });
  }
  for (const inner of real)
    for (const outer of real) {
      if (inner.role !== outer.role && `${inner.path}${sep}`.startsWith(`${outer.path}${sep}`)) {
        throw new Error(`${inner.folder} (${inner.name}): lies in ${outer.folder} (${outer.name}), so its images would count as both`);
      }
    }
}
