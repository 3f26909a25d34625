/** A pickle of the number 0x1950a86a20f9469cfc6c, with which PyTorch's legacy container begins. */
export const legacyMagic: Uint8Array = Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e);

/** The container that the first bytes of a file speak of. */
export function sniffFormat(bytes: Uint8Array): 'safetensors' | 'zip' | 'legacy' | undefined {
  if (startsWith(bytes, [0x50, 0x4b, 3, 4])) return 'zip';
  if (startsWith(bytes, legacyMagic)) return 'legacy';
  // Eight bytes of header length, and then a JSON object.
  if (bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0) return 'safetensors';
  return undefined;
}

function startsWith(bytes: Uint8Array, prefix: ArrayLike<number>): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[i] !== prefix[i]) return false;
  return true;
}
