import { join } from 'node:path';
import { findFolders, folderExists } from './find-images.js';

/** The folder of a category, in whatever layout. Throws where it is not there, saying which there are. */
export async function categoryFolder(root: string, category: string): Promise<string> {
  const folder = join(root, category);
  if (category !== '' && (await folderExists(folder))) return folder;
  throw await noCategory(root, category);
}

async function noCategory(root: string, category: string): Promise<Error> {
  const folders = await findFolders(root);
  const isCategory = async (path: string): Promise<boolean> => folderExists(join(path, 'train', 'good'));
  if (await isCategory(root)) return new Error(`${root}: no category ${JSON.stringify(category)} in it; it is a category itself, give the folder above it`);
  const there: string[] = [];
  for (const name of folders) if (await isCategory(join(root, name))) there.push(name);
  return new Error(`${root}: no category ${JSON.stringify(category)}; there ${there.length > 0 ? `are ${there.join(', ')}` : 'is none (a category has train/good)'}`);
}
