/**
 * The luminance of ITU-R BT.601 in all three channels, in place.
 *
 * @param pixels RGB, one after the other
 */
export function toGray(pixels: Float32Array): void {
  for (let i = 0; i < pixels.length; i += 3) {
    const luminance = 0.299 * (pixels[i] as number) + 0.587 * (pixels[i + 1] as number) + 0.114 * (pixels[i + 2] as number);
    pixels.fill(luminance, i, i + 3);
  }
}
