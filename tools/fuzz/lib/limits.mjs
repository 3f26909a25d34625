// @ts-check

/** What a call makes however small the file: the names of properties; zlib's own arrays. */
const slack = { npy: 256, ply: 256, pcd: 256, tiff: 16384 };

/** Bytes that one byte of a TIFF's pixels may become, by its compression (packages/images/src/tiff/inflate-block.ts). */
const ratios = /** @type {Record<number, number>} */ ({ 5: 2560, 8: 1032, 32946: 1032, 32773: 64 });

/**
 * The most bytes of arrays that reading a file may make, as the READMEs of depth and images state.
 *
 * @param {import('./options.mjs').Format} format
 * @param {Uint8Array} bytes
 */
export function allocationLimit(format, bytes) {
  const multiple = {
    npy: () => 8,
    ply: () => 16,
    pcd: () => (Buffer.from(bytes).includes('binary_compressed') ? 450 : 8),
    tiff: () => 8 * largestRatio(bytes),
  }[format]();
  return multiple * bytes.length + slack[format];
}

/** The largest ratio of the compressions that the first directory names; also of one that a reader would not look at. */
function largestRatio(/** @type {Uint8Array} */ bytes) {
  if (bytes.length < 8) return 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = bytes[0] === 0x49;
  const big = view.getUint16(2, little) === 43;
  const start = big && bytes.length >= 16 ? view.getUint32(little ? 8 : 12, little) : view.getUint32(4, little);
  const [first, step, value] = big ? [start + 8, 20, 12] : [start + 2, 12, 8];
  let ratio = 1;
  for (let at = first; at + step <= bytes.length; at += step) {
    if (view.getUint16(at, little) !== 259) continue;
    for (const code of [view.getUint16(at + value, little), view.getUint8(at + value), view.getUint32(at + value, little)]) ratio = Math.max(ratio, ratios[code] ?? 1);
    if (view.getUint32(at + 4, little) > 1) ratio = 2560; // its value stands elsewhere
  }
  return ratio;
}
