import { depthEndings, findImages, imageEndings, type FoundFile } from './find-images.js';
import { realFolder } from './real-folder.js';

/** What is looked for. */
export type FileKind = 'image' | 'depth';

/** Endings of a kind. */
export const endingsOf: Readonly<Record<FileKind, readonly string[]>> = { image: imageEndings, depth: depthEndings };

/** In a folder that holds both, these are depth maps and all others images. */
const depthBeside = new Set<string>(['.tiff', '.tif', '.npy', '.ply', '.pcd']);

/** What bears on a search beside the folder. */
export interface FindKindOptions {
  /** The folder of the other kind. Where it is the same one, endings tell the kinds apart; where it lies in it, it is not entered. */
  readonly beside?: string | undefined;
  /** Real paths of folders that are not entered. */
  readonly leaveOut?: readonly string[];
}

/**
 * Images or depth maps below a folder, at any depth, in natural order.
 *
 * @throws one line when there is no such folder, or it may not be read
 */
export async function findKind(kind: FileKind, folder: string, { beside, leaveOut = [] }: FindKindOptions = {}): Promise<FoundFile[]> {
  const [own, other] = [await realFolder(folder), await realFolder(beside)];
  const isShared = own === other;
  const endings = endingsOf[kind].filter((ending) => !isShared || depthBeside.has(ending) === (kind === 'depth'));
  return findImages(folder, other === undefined || isShared ? leaveOut : [...leaveOut, other], endings);
}
