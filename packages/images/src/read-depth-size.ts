import { headerLimit, readCloudGrid, sniffCloudFormat } from '@blemish/depth';
import { brokenImage } from './broken-image.js';
import { requireDepthFormat, requireGrayPng } from './depth-kind.js';
import { defaultDepthLimit } from './depth-limit.js';
import { checkPixels } from './pixel-limit.js';
import { readPngHeader } from './png/png-header.js';
import { readHead } from './read-bytes.js';
import { readImageSize } from './read-image-size.js';

/**
 * The [height, width] of a depth file from its header alone, which tells pictures too, except those in TIFF.
 *
 * @throws one line that begins with the path: no such file, of no format that is read, a broken header, unorganised points, a picture
 */
export async function readDepthSize(path: string): Promise<[number, number]> {
  const head = await readHead(path, headerLimit);
  const [rows, columns] = sniffCloudFormat(head) ? readCloudGrid(head, path) : await imageGrid(head, path);
  checkPixels(path, columns, rows, defaultDepthLimit);
  return [rows, columns];
}

async function imageGrid(head: Uint8Array, path: string): Promise<[number, number]> {
  if (requireDepthFormat(head, path) === 'TIFF') return readImageSize(path);
  try {
    const header = readPngHeader(head);
    requireGrayPng(header, path);
    return [header.height, header.width];
  } catch (cause) {
    throw brokenImage(path, 'PNG', cause);
  }
}
