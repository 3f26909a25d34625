import { folderExists, inFolders, inScans, pairDepth, scanFolders, stem, type ExpectedAt, type FileKind, type ImageFile } from '@blemish/datasets';
import { UsageError } from './errors.js';

/** What was named to be scored: files and folders. */
export interface NamedParts {
  readonly images: readonly string[];
  readonly depths: readonly string[];
}

/** Lists what is at these paths; `beside` is the folder of the other kind, which may be the same. */
export type ListNamed = (paths: readonly string[], kind: FileKind, beside?: string) => Promise<ImageFile[]>;

/** Files are not told by a folder where their partner lies. */
const amongFiles: ExpectedAt = {
  image: (name) => `an image ${name}.* among the files that are named`,
  depth: (name) => `${name}.* among the files of --depth`,
};

/**
 * Images with their depth maps, as they were named: the first folder of images with the first of depth maps and so on, in
 * each by their relative names; files with files by their names, which may repeat where both sides have the same order.
 *
 * @throws UsageError where there are not as many folders on both sides, or files on one alone; Error for a file without
 *   its partner
 */
export async function pairNamed({ images, depths }: NamedParts, list: ListNamed): Promise<ImageFile[]> {
  const [pictures, maps] = [await sorted(images), await sorted(depths)];
  const bothFiles = pictures.files.length > 0 === maps.files.length > 0;
  if (!bothFiles || pictures.folders.length !== maps.folders.length) {
    throw new UsageError(`--depth: expected a folder for a folder and files for files; images are ${described(pictures)}, depth maps ${described(maps)}`);
  }
  const parts: ImageFile[] = [];
  for (const [i, folder] of pictures.folders.entries()) {
    const other = maps.folders[i] as string;
    const found = paired(await list([folder], 'image', other), await list([other], 'depth', folder), await expectedIn(folder, other));
    for (const part of found) parts.push(part);
  }
  if (pictures.files.length === 0) return parts;
  const [files, others] = [await list(pictures.files, 'image'), await list(maps.files, 'depth')];
  const sameOrder = files.length === others.length && files.every(({ id }, i) => stem(id) === stem(others[i]?.id ?? ''));
  const ofFiles = sameOrder ? files.map((file, i): ImageFile => ({ ...file, depthPath: (others[i] as ImageFile).path })) : paired(files, others, amongFiles);
  return [...parts, ...ofFiles];
}

interface Sorted {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

async function sorted(paths: readonly string[]): Promise<Sorted> {
  const [folders, files]: [string[], string[]] = [[], []];
  for (const path of paths) ((await folderExists(path)) ? folders : files).push(path);
  return { folders, files };
}

function described({ folders, files }: Sorted): string {
  const some = (paths: readonly string[], what: string): string[] => {
    const [first] = paths;
    if (first === undefined) return [];
    return [paths.length === 1 ? `the ${what} ${first}` : `${paths.length} ${what}s (${first}, ...)`];
  };
  return [...some(folders, 'folder'), ...some(files, 'file')].join(' and ');
}

/** Where partners are expected in folders, either of which may hold scans. */
async function expectedIn(images: string, depths: string): Promise<ExpectedAt> {
  const at = async (folder: string): Promise<ExpectedAt> => ((await scanFolders(folder)).length > 0 ? inScans : inFolders)(images, depths);
  return { image: (await at(images)).image, depth: (await at(depths)).depth };
}

function paired(images: readonly ImageFile[], depths: readonly ImageFile[], expected: ExpectedAt): ImageFile[] {
  const named = (files: readonly ImageFile[]): { path: string; name: string }[] => files.map(({ path, id }) => ({ path, name: id }));
  return pairDepth(named(images), named(depths), expected).map(({ name, ...part }) => ({ ...part, id: name }));
}
