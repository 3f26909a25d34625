// @ts-check
import { deflateSync } from 'node:zlib';

/**
 * A PNG file of 8 bits, gray or RGB, independent of the reader under test.
 *
 * @param {{width: number, height: number, channels: 1 | 3}} shape
 * @param {Uint8Array} levels [height, width, channels]
 * @param {{width?: number, height?: number}} [claimed] what the header says instead
 */
export function encodePng({ width, height, channels }, levels, claimed = {}) {
  const rows = Buffer.alloc(height * (1 + width * channels)); // each begins with its filter, none
  for (let y = 0; y < height; y++) {
    rows.set(levels.subarray(y * width * channels, (y + 1) * width * channels), y * (1 + width * channels) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claimed.width ?? width, 0);
  header.writeUInt32BE(claimed.height ?? height, 4);
  header.set([8, channels === 1 ? 0 : 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const result = Buffer.alloc(body.length + 8);
  result.writeUInt32BE(data.length, 0);
  result.set(body, 4);
  result.writeUInt32BE(crc32(body), body.length + 4);
  return result;
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
