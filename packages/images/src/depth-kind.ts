import { describeStart, sniffFormat } from './format.js';
import { describePng } from './png/decode-gray-png.js';
import type { PngHeader } from './png/png-header.js';

/** What errors say first about an image that is no depth. */
export const expectedDepth = 'expected a depth map or a cloud';

/** What they say about a file of no format that is read. */
const noDepth = 'no depth (starts with ';

/** Whether an error says that a file is of another kind than depth, a picture or no format that is read; not that it is broken. */
export function isNoDepth({ message }: Error): boolean {
  return message.includes(`: ${expectedDepth}, got `) || message.includes(`: ${noDepth}`);
}

/**
 * Which of the image formats that hold depth the content is.
 *
 * @throws one line that begins with `name`: empty, of no format, or of one that holds pictures only
 */
export function requireDepthFormat(bytes: Uint8Array, name: string): 'TIFF' | 'PNG' {
  if (bytes.length === 0) throw new Error(`${name}: an empty file, ${expectedDepth}`);
  const format = sniffFormat(bytes);
  if (!format) throw new Error(`${name}: ${noDepth}${describeStart(bytes)}); TIFF, PNG, NPY, PLY and PCD are read`);
  if (format !== 'TIFF' && format !== 'PNG') throw new Error(`${name}: ${expectedDepth}, got a ${format} image`);
  return format;
}

/** Throws one line that begins with `name` for a PNG that is no height map: only gray levels of 8 and 16 bits are. */
export function requireGrayPng(header: PngHeader, name: string): void {
  if (header.colour !== 0 || header.depth < 8) throw new Error(`${name}: ${expectedDepth}, got ${describePng(header)}`);
}
