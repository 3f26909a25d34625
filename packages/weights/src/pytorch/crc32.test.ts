import fc from 'fast-check';
import { crc32 } from './crc32.js';

/** Bit by bit, as the polynomial is defined. */
function crcByDefinition(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  }
  return ~remainder >>> 0;
}

describe('crc32', () => {
  it('gives the check value of its definition', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });

  it('equals the bit-by-bit division (law)', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 67 }), (bytes) => expect(crc32(bytes)).toBe(crcByDefinition(bytes))));
  });
});
