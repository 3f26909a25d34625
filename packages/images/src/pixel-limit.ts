/** Images with more pixels are refused by default: 2^28, a square of 16,384. */
export const defaultPixelLimit = 2 ** 28;

/** Throws where an image has no pixels or more than `limit`. */
export function checkPixels(name: string, width: number, height: number, limit: number): void {
  if (!(width > 0 && height > 0)) throw new Error(`${name}: an image of ${width}x${height} has no pixels`);
  if (width * height > limit) {
    throw new Error(`${name}: ${width}x${height} is ${width * height} pixels, more than the limit of ${limit}`);
  }
}
