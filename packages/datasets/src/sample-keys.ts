import { createHash } from 'node:crypto';
import { contentKey } from './content-key.js';
import type { ImageFile } from './dataset.js';
import type { DepthValues } from './depth-loader.js';
import { usesDepth, usesImage, type Modality } from '@blemish/depth';

/** What of a part a key is of. */
export type SamplePart = 'image' | 'depth';

/**
 * Keys of files' contents, each file read once. An image's key is its file's SHA-256, whatever stands beside it; a depth
 * map's includes unit and scale; that of both includes both.
 */
export function createSampleKeys(modality: Modality, { unit = 'm', scale = 1 }: DepthValues): (file: ImageFile, part?: SamplePart) => Promise<string> {
  const hashes = new Map<string, Promise<string>>();

  async function hash(path: string): Promise<string> {
    const known = hashes.get(path);
    if (known) return known;
    const made = contentKey(path);
    hashes.set(path, made);
    made.catch(() => hashes.delete(path));
    return made;
  }

  async function depthKey(path: string): Promise<string> {
    return combined('depth', unit, scale, await hash(path));
  }

  return async ({ path, depthPath }, part) => {
    const image = usesImage(modality) && part !== 'depth';
    const depth = usesDepth(modality) && part !== 'image';
    if (image && depth) return combined('rgb+depth', await hash(path), await depthKey(depthPath as string));
    if (image) return hash(path);
    if (depth) return depthKey(depthPath as string);
    throw new Error(`${path}: a key of its ${part}, which modality ${modality} does not look at`);
  };
}

function combined(...values: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
