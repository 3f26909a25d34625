import { npyGrid } from './npy-grid.js';
import { isNpy, readNpyHeader } from './npy-header.js';
import { isPcd, readPcdHeader } from './pcd-header.js';
import { isPly, readPlyHeader } from './ply-header.js';
import { pcdGrid } from './read-pcd.js';
import { plyGrid } from './read-ply.js';

/** Formats of depth and clouds that are no images. */
export type CloudFormat = 'NPY' | 'PLY' | 'PCD';

/** Which of them the content is; undefined where it is none. */
export function sniffCloudFormat(bytes: Uint8Array): CloudFormat | undefined {
  if (isNpy(bytes)) return 'NPY';
  if (isPly(bytes)) return 'PLY';
  return isPcd(bytes) ? 'PCD' : undefined;
}

/**
 * The [rows, columns] of such a file.
 *
 * @param head its first bytes: all of them, or `headerLimit` of them
 * @param name what errors call it
 * @throws one line that begins with `name`: none of these formats, a header that cannot be read, an unorganised cloud
 */
export function readCloudGrid(head: Uint8Array, name: string): [rows: number, columns: number] {
  if (isNpy(head)) {
    const [rows, columns] = npyGrid(readNpyHeader(head, name).shape, name);
    return [rows, columns];
  }
  return isPly(head) ? plyGrid(readPlyHeader(head, name), name) : pcdGrid(readPcdHeader(head, name), name);
}
