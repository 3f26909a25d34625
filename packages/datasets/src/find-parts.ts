import { depthEndings, noImages } from './find-images.js';
import { findKind } from './find-kind.js';
import { usesDepth, usesImage, type Modality } from '@blemish/depth';
import { inFolders, pairDepth, type FoundPart } from './pair-depth.js';

/** Where the parts of one kind lie. */
export interface PartFolders {
  readonly images?: string | undefined;
  readonly depths?: string | undefined;
}

/**
 * The parts below folders, at any depth, in natural order: images, depth maps (then `depthPath` is `path`), or images
 * paired with their depth maps. The folder of one may lie in that of the other, or be the same.
 *
 * @param leaveOut real paths of folders that are not entered
 * @throws one line: a folder that is missing, a file without its partner
 */
export async function findParts({ images, depths }: PartFolders, modality: Modality, leaveOut: readonly string[] = []): Promise<FoundPart[]> {
  const findPictures = async (): Promise<FoundPart[]> => {
    if (images === undefined) throw new Error(`${depths}: depth maps without a folder of images, which ${modality} needs`);
    return findKind('image', images, { beside: depths, leaveOut });
  };
  const findDepths = async (): Promise<FoundPart[]> => {
    if (depths === undefined) throw new Error(`${images}: images without a folder of depth maps, which ${modality} needs`);
    return (await findKind('depth', depths, { beside: images, leaveOut })).map((file) => ({ ...file, depthPath: file.path }));
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
