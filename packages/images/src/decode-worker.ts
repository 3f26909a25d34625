import { parentPort } from 'node:worker_threads';
import { unitRange } from '@blemish/raster';
import { decodeAndResize } from './decode-and-resize.js';
import type { DecodeAnswer, DecodeRequest } from './decode-pool.js';

// The entry of a decoding thread: one answer to each request; levels are handed over, not copied.
parentPort?.on('message', async ({ id, path, size, target }: DecodeRequest) => {
  const answer = (given: DecodeAnswer, ...handedOver: ArrayBuffer[]): void => parentPort?.postMessage(given, handedOver);
  try {
    const { data, shape, originalSize } = await decodeAndResize(path, size, true);
    if (target) {
      unitRange(data, target);
      answer({ id, levels: { data: new Uint8Array(0), shape, originalSize } });
    } else {
      // sharp's memory belongs to libvips and cannot be handed over.
      const own = size && data.byteLength === data.buffer.byteLength ? data : data.slice();
      answer({ id, levels: { data: own, shape, originalSize } }, own.buffer as ArrayBuffer);
    }
  } catch (error) {
    answer({ id, error: (error as Error).message });
  }
});
