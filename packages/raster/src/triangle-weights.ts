// in, out: pixels of one side before and after
// scale = in / out; support: half width of the triangle in input pixels, max(scale, 1)
// centre of output pixel i in input coordinates: (i + 0.5) * scale
// weight of input pixel p: 1 - |p + 0.5 - centre| / support, normalised to a sum of 1

/** Fractional bits of a weight: 32 less 8 for the level and 2 for the sum. */
export const weightBits = 22;

/** For every output pixel the run of input pixels it is made of, and their fixed-point weights. */
export interface FixedWeights {
  /** Weights kept for each output pixel; a shorter run is padded with zeros. */
  readonly taps: number;
  /** First input pixel of each output pixel's run, [out]. */
  readonly first: Int32Array;
  /** How many input pixels the run has, [out]. */
  readonly count: Int32Array;
  /** Weights times 2^22, [out, taps]. */
  readonly weights: Int32Array;
}

/**
 * The weights of Pillow's antialiased bilinear filter along one side: the triangle filter, widened by the scale when an
 * image shrinks (Pillow, `Image.resize(size, BILINEAR)`).
 */
export function triangleWeights(inSize: number, outSize: number): FixedWeights {
  const scale = inSize / outSize;
  const support = Math.max(scale, 1);
  const taps = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(outSize);
  const count = new Int32Array(outSize);
  const weights = new Int32Array(outSize * taps);
  const run = new Float64Array(taps);
  for (let i = 0; i < outSize; i++) {
    const centre = (i + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - support + 0.5));
    const to = Math.min(inSize, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let p = from; p < to; p++) {
      const weight = Math.max(0, 1 - Math.abs((p - centre + 0.5) * (1 / support)));
      run[p - from] = weight;
      sum += weight;
    }
    first[i] = from;
    count[i] = to - from;
    // Truncation after adding a half: how Pillow rounds weights, none of which is negative here.
    for (let k = 0; k < to - from; k++) weights[i * taps + k] = Math.trunc(0.5 + ((run[k] as number) / sum) * 2 ** weightBits);
  }
  return { taps, first, count, weights };
}
