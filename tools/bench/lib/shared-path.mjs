// @ts-check
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from './paths.mjs';

/**
 * A file or folder of the material that lies beside some checkouts (../shared, or BLEMISH_SHARED): images, trained weights.
 *
 * @param {string} path
 * @returns {string | undefined} undefined where it is not there: the cases then draw what they need
 */
export function sharedPath(path) {
  const place = resolve(process.env['BLEMISH_SHARED'] ?? resolve(root, '..', 'shared'), path);
  return existsSync(place) ? place : undefined;
}
