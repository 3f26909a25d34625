import { headerLimit, npyGrid, readCloudGrid, readNpy, readPcd, readPly, sniffCloudFormat } from '@blemish/depth';
import { brokenImage } from './broken-image.js';
import { expectedDepth, requireDepthFormat, requireGrayPng } from './depth-kind.js';
import { checkPixels } from './pixel-limit.js';
import { decodeGrayPng } from './png/decode-gray-png.js';
import { readPngHeader } from './png/png-header.js';
import { isReadable } from './tiff/block-samples.js';
import { readTiffSamples } from './tiff/read-tiff-samples.js';
import { describeTiff, readTiffLayout, type TiffLayout } from './tiff/tiff-layout.js';

/** Depth as it stands in a file, before units. */
export interface StoredDepth {
  /** [rows, columns, channels], row-major. */
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
  /** 1 depth alone, 3 points x, y, z. */
  readonly channels: 1 | 3;
  /** What whole levels are stored as, such as `8-bit levels`; undefined where values are measures. */
  readonly levels?: string;
}

/**
 * Reads depth from a file's bytes; their content tells the format.
 *
 * @param limit most pixels
 * @throws one line that begins with `name`: of no format, broken, or an image that is no depth, which it describes
 */
export async function readStoredDepth(bytes: Uint8Array, name: string, limit: number): Promise<StoredDepth> {
  const cloud = sniffCloudFormat(bytes);
  if (cloud) {
    const [rows, columns] = readCloudGrid(bytes.subarray(0, headerLimit), name); // before anything is made of what it promises
    checkPixels(name, columns, rows, limit);
    if (cloud === 'NPY') return fromNpy(bytes, name);
    const { data } = (cloud === 'PLY' ? readPly : readPcd)(bytes, name);
    return { data, rows, columns, channels: 3 };
  }
  const format = requireDepthFormat(bytes, name);
  try {
    return await (format === 'TIFF' ? fromTiff(bytes, name, limit) : fromPng(bytes, name, limit));
  } catch (cause) {
    throw brokenImage(name, format, cause);
  }
}

function fromNpy(bytes: Uint8Array, name: string): StoredDepth {
  const { data, shape, dtype, whole } = readNpy(bytes, name);
  const [rows, columns, channels] = npyGrid(shape, name);
  if (whole && channels === 3) throw new Error(`${name}: ${expectedDepth}, got whole numbers ${dtype} of 3 channels`);
  return { data, rows, columns, channels, ...(whole && { levels: `whole numbers (${dtype})` }) };
}

function fromTiff(bytes: Uint8Array, name: string, limit: number): StoredDepth {
  const layout = readTiffLayout(bytes, name, limit);
  if (!isDepth(layout)) throw new Error(`${name}: ${expectedDepth}, got ${describeTiff(layout)}`);
  const { width, height, samples, bits, format } = layout;
  const data = readTiffSamples(bytes, layout, name);
  return { data, rows: height, columns: width, channels: samples as 1 | 3, ...(format !== 3 && { levels: `${bits}-bit levels` }) };
}

/** Floating point of one or three channels, or gray levels whose 0 is black. */
function isDepth(layout: TiffLayout): boolean {
  const { samples, format, photometric = 1 } = layout;
  return isReadable(layout) && (format === 3 ? samples === 1 || samples === 3 : samples === 1 && photometric === 1);
}

async function fromPng(bytes: Uint8Array, name: string, limit: number): Promise<StoredDepth> {
  const header = readPngHeader(bytes);
  const { width, height, depth } = header;
  checkPixels(name, width, height, limit);
  requireGrayPng(header, name);
  return { data: await decodeGrayPng(bytes, header), rows: height, columns: width, channels: 1, levels: `${depth}-bit levels` };
}
