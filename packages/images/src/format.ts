/** Image formats that are read. */
export type ImageFormat = 'JPEG' | 'PNG' | 'TIFF' | 'WebP' | 'BMP';

/** Which format the content is, whatever the file is called; undefined where it is none of them. */
export function sniffFormat(bytes: Uint8Array): ImageFormat | undefined {
  const starts = (...prefix: number[]): boolean => prefix.every((byte, i) => bytes[i] === byte);
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));
  if (starts(0xff, 0xd8, 0xff)) return 'JPEG';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'PNG';
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a) || starts(0x49, 0x49, 0x2b, 0) || starts(0x4d, 0x4d, 0, 0x2b)) return 'TIFF';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'WebP';
  // "BM" alone may begin any text: the size of the header that follows tells.
  if (text(0, 2) === 'BM' && [12, 40, 52, 56, 64, 108, 124].includes(bytes[14] ?? 0) && bytes[15] === 0) return 'BMP';
  return undefined;
}

/** The format, or an error that shows how the file begins. */
export function requireFormat(bytes: Uint8Array, name: string): ImageFormat {
  if (bytes.length === 0) throw new Error(`${name}: an empty file, not an image`);
  const format = sniffFormat(bytes);
  if (!format) throw new Error(`${name}: not an image (starts with ${describeStart(bytes)}); JPEG, PNG, TIFF, WebP and BMP are read`);
  return format;
}

/** The first bytes as quoted text where they are text, as hexadecimal otherwise. */
export function describeStart(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 16);
  if (head.every((byte) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13)) {
    return JSON.stringify(String.fromCharCode(...head));
  }
  return [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
