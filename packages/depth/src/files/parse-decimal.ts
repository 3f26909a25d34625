/** The powers of ten that a double holds exactly. */
const tens = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);

/**
 * A number written with digits, a sign and a point, without an exponent: a few times faster than through a string. Exact up
 * to 15 digits, to 3e-16 of its value beyond, which float32 does not see.
 *
 * @returns undefined for anything else, and for more places than a double scales by without an error
 */
export function parseDecimal(bytes: Uint8Array, from: number, end: number): number | undefined {
  const sign = bytes[from];
  let at = sign === 45 || sign === 43 ? from + 1 : from; // - or +
  let mantissa = 0;
  let places = 0; // by which the mantissa is too large
  let hasDigits = false;
  let hasPoint = false;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    const digit = byte - 48;
    if (digit >= 0 && digit <= 9) {
      hasDigits = true;
      if (mantissa < 1e16) {
        mantissa = mantissa * 10 + digit;
        if (hasPoint) places++;
      } else if (!hasPoint) places--;
    } else if (byte === 46 && !hasPoint) hasPoint = true;
    else return undefined;
  }
  if (!hasDigits || places > 22 || places < -22) return undefined;
  const value = places >= 0 ? mantissa / (tens[places] as number) : mantissa * (tens[-places] as number);
  return sign === 45 ? -value : value;
}
