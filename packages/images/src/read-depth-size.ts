import { headerLimit, readCloudGrid, sniffCloudFormat } from '@blemish/depth';
import { checkPixels } from './pixel-limit.js';
import { defaultDepthLimit } from './depth-limit.js';
import { readHead } from './read-bytes.js';
import { readImageSize } from './read-image-size.js';

/**
 * The [height, width] of a depth file from its header alone; whether the rest of it is depth is not looked at.
 *
 * @throws one line that begins with the path: no such file, of no format that is read, a broken header, unorganised points
 */
export async function readDepthSize(path: string): Promise<[number, number]> {
  const head = await readHead(path, headerLimit);
  if (!sniffCloudFormat(head)) return readImageSize(path);
  const [rows, columns] = readCloudGrid(head, path);
  checkPixels(path, columns, rows, defaultDepthLimit);
  return [rows, columns];
}
