import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { depthEndings, findImages, imageEndings, noImages } from './find-images.js';
import { usesDepth, usesImage, type Modality } from '@blemish/depth';
import { inFolders, pairDepth, type FoundPart } from './pair-depth.js';

/** Where the parts of one kind lie. */
export interface PartFolders {
  readonly images?: string | undefined;
  readonly depths?: string | undefined;
}

/** In a folder that holds both, these are depth maps and all others images. */
const depthBeside = new Set<string>(['.tiff', '.tif', '.npy', '.ply', '.pcd']);

/**
 * The parts below folders, at any depth, in natural order: images, depth maps (then `depthPath` is `path`), or images
 * paired with their depth maps. The folder of one may lie in that of the other, or be the same.
 *
 * @param leaveOut real paths of folders that are not entered
 * @throws one line: a folder that is missing, a file without its partner
 */
export async function findParts({ images, depths }: PartFolders, modality: Modality, leaveOut: readonly string[] = []): Promise<FoundPart[]> {
  const [realImages, realDepths] = [await realFolder(images), await realFolder(depths)];
  const shared = realImages !== undefined && realImages === realDepths;
  const skip = (own: string | undefined, other: string | undefined): string[] => (other === undefined || other === own ? [...leaveOut] : [...leaveOut, other]);

  const findPictures = async (): Promise<FoundPart[]> => {
    if (images === undefined) throw new Error(`${depths}: depth maps without a folder of images, which ${modality} needs`);
    const endings = imageEndings.filter((ending) => !shared || !depthBeside.has(ending));
    return findImages(images, skip(realImages, realDepths), endings);
  };
  const findDepths = async (): Promise<FoundPart[]> => {
    if (depths === undefined) throw new Error(`${images}: images without a folder of depth maps, which ${modality} needs`);
    const endings = depthEndings.filter((ending) => !shared || depthBeside.has(ending));
    const found = await findImages(depths, skip(realDepths, realImages), endings);
    return found.map((file) => ({ ...file, depthPath: file.path }));
  };
  if (!usesDepth(modality)) return findPictures();
  if (!usesImage(modality)) return findDepths();
  return pairDepth(await findPictures(), await findDepths(), inFolders(images as string, depths as string));
}

/** The same, and an error where there is nothing. */
export async function requireParts(folders: PartFolders, modality: Modality, leaveOut: readonly string[] = []): Promise<FoundPart[]> {
  const found = await findParts(folders, modality, leaveOut);
  if (found.length > 0) return found;
  throw usesImage(modality) ? noImages(folders.images as string) : noImages(folders.depths as string, depthEndings);
}

/** A folder without links, as far as it exists. */
export async function realFolder<T extends string | undefined>(folder: T): Promise<T> {
  return folder === undefined ? folder : ((await realpath(folder).catch(() => resolve(folder))) as T);
}
