import sharp, { type Sharp } from 'sharp';

// libvips would keep up to 50 MB of decoded pictures, each of which we read once.
sharp.cache(false);

/**
 * Opens an image with sharp so that its levels are those that Pillow reads: no colour profile is applied, no orientation,
 * and whatever is truncated or damaged is an error instead of a gray area. The caller checks the number of pixels.
 */
export function openSharp(source: Uint8Array | string): Sharp {
  return sharp(source, { failOn: 'error', ignoreIcc: true, autoOrient: false, limitInputPixels: false });
}
