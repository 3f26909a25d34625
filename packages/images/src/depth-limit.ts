/** Depth maps and clouds with more pixels are refused by default: 2^26, a square of 8,192. */
export const defaultDepthLimit = 2 ** 26;
