// h: 16 bits of a half float, 1 sign, 5 exponent (bias 15), 10 fraction
// b: 16 bits of a bfloat16, the upper half of a float32
// f: 32 bits of a float32, 1 sign, 8 exponent (bias 127), 23 fraction
// Everything is done on bits, so that the payload of a NaN survives.

/** IEEE 754 half floats, as 16-bit patterns, widened to float32 exactly. */
export function halfToFloat(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    const h = halves[i] as number;
    const sign = (h & 0x8000) << 16;
    const exponent = (h >>> 10) & 31;
    const fraction = h & 1023;
    if (exponent === 31) bits[i] = sign | 0x7f800000 | (fraction << 13);
    else if (exponent > 0) bits[i] = sign | ((exponent + 112) << 23) | (fraction << 13);
    else if (fraction === 0) bits[i] = sign;
    else {
      // Subnormal: shift the leading one up to the place that float32 leaves out.
      const shift = Math.clz32(fraction) - 21;
      bits[i] = sign | ((113 - shift) << 23) | (((fraction << shift) & 1023) << 13);
    }
  }
  return new Float32Array(bits.buffer);
}

/** float32 values as half-float bit patterns, rounded to nearest, ties to even; too large becomes infinity. */
export function floatToHalf(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const f = bits[i] as number;
    const sign = (f >>> 16) & 0x8000;
    const magnitude = f & 0x7fffffff;
    if (magnitude > 0x7f800000) halves[i] = sign | 0x7c00 | ((magnitude >>> 13) & 1023 || 512);
    else if (magnitude >= 0x477ff000) halves[i] = sign | 0x7c00; // 65520 and more round to infinity
    else if (magnitude >= 0x38800000) halves[i] = sign | roundShift(magnitude - 0x38000000, 13);
    else if (magnitude < 0x33000000) halves[i] = sign; // below half of the least subnormal
    else halves[i] = sign | roundShift((magnitude & 0x7fffff) | 0x800000, 126 - (magnitude >>> 23));
  }
  return halves;
}

/** bfloat16 bit patterns widened to float32 exactly. */
export function bfloatToFloat(bfloats: Uint16Array): Float32Array {
  const bits = new Uint32Array(bfloats.length);
  for (let i = 0; i < bfloats.length; i++) bits[i] = (bfloats[i] as number) << 16;
  return new Float32Array(bits.buffer);
}

/** float32 values as bfloat16 bit patterns, rounded to nearest, ties to even. */
export function floatToBfloat(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const bfloats = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const f = bits[i] as number;
    const isNaN = (f & 0x7fffffff) > 0x7f800000;
    // A NaN is cut, not rounded (rounding could carry it to infinity), and must keep a bit that says NaN.
    bfloats[i] = isNaN ? (f >>> 16) | ((f >>> 16) & 127 ? 0 : 64) : roundShift(f, 16);
  }
  return bfloats;
}

/** `x >>> shift`, rounded to nearest, ties to even. */
function roundShift(x: number, shift: number): number {
  const kept = x >>> shift;
  const rest = x - kept * 2 ** shift;
  const half = 2 ** (shift - 1);
  return kept + (rest > half || (rest === half && kept & 1) ? 1 : 0);
}
