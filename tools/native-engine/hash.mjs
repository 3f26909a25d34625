import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * SHA-256 of a file of any size.
 *
 * @param {string} path
 * @param {'hex' | 'base64url'} [encoding]
 * @returns {Promise<string>}
 */
export async function sha256(path, encoding = 'hex') {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest(encoding);
}
