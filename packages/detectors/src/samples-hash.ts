import { contentHash } from './content-hash.js';
import type { SampleSource } from './sample.js';

/**
 * Hash of the content of all images in their order, which names what something was trained on.
 *
 * @param part only the image or the depth map; default: all of a sample
 * @throws the signal's reason
 */
export async function samplesHash(samples: SampleSource, { part, signal }: { readonly part?: 'image' | 'depth'; readonly signal?: AbortSignal | undefined } = {}): Promise<string> {
  const keys: string[] = [];
  for (let index = 0; index < samples.length; index++) {
    signal?.throwIfAborted();
    keys.push(await samples.contentKey(index, part)); // one at a time: each may keep a file open
  }
  return contentHash(keys.join(' '));
}
