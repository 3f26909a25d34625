import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { naturalOrder } from './natural-order.js';

/** Endings that make a file an image, in any case; what it really is shows when it is read. */
export const imageEndings = ['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp', '.bmp'] as const;

/** Endings that make a file an organised point cloud or a height map. */
export const depthEndings = ['.tiff', '.tif', '.png', '.npy', '.ply', '.pcd'] as const;

/** A file found below a folder. */
export interface FoundFile {
  readonly path: string;
  /** Relative to the folder, forward slashes. */
  readonly name: string;
}

/**
 * All images below a folder, at any depth, in natural order. What begins with a dot is left out; links are followed, and
 * every folder is entered once, so that links in a circle end.
 *
 * @param leaveOut real paths of folders that are not entered
 * @param endings which files count
 * @throws one line when there is no such folder, or it may not be read
 */
export async function findImages(folder: string, leaveOut: readonly string[] = [], endings: readonly string[] = imageEndings): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const entered = new Set(leaveOut);

  async function walk(path: string, prefix: string): Promise<void> {
    const real = await realpath(path);
    if (entered.has(real)) return;
    entered.add(real);
    const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    entries.sort((a, b) => naturalOrder(a.name, b.name));
    for (const entry of entries) {
      const child = join(path, entry.name);
      const name = prefix + entry.name;
      if (await isFolder(entry, child)) await walk(child, `${name}/`);
      else if (endsAs(entry.name, endings)) found.push({ path: child, name });
    }
  }

  await explained(folder, () => walk(folder, ''));
  return found.sort((a, b) => naturalOrder(a.name, b.name));
}

/** Names of the folders directly below one, in natural order, hidden ones left out. */
export async function findFolders(folder: string): Promise<string[]> {
  return explained(folder, async () => {
    const names: string[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.name.startsWith('.') && (await isFolder(entry, join(folder, entry.name)))) names.push(entry.name);
    }
    return names.sort(naturalOrder);
  });
}

/** True where a folder stands. */
export async function folderExists(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

function endsAs(name: string, endings: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return endings.some((ending) => lower.endsWith(ending));
}

/** A link that leads nowhere counts as a file: whoever reads it will name it. */
async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  return entry.isSymbolicLink() ? folderExists(path) : entry.isDirectory();
}

async function explained<T>(folder: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const { code, path = folder, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'no such folder' : code === 'ENOTDIR' ? 'not a folder' : code === 'EACCES' ? 'not allowed to read it' : message;
    throw new Error(`${path}: ${reason}`, { cause });
  }
}

/** The error for a folder that should hold images, or depth maps where those are the endings, and holds none. */
export function noImages(folder: string, endings: readonly string[] = imageEndings): Error {
  const what = endings === depthEndings ? 'clouds or height maps' : 'images';
  return new Error(`${folder}: no ${what} (looked for ${endings.join(' ')} at any depth)`);
}
