import { parentPort } from 'node:worker_threads';
import { decodeAndResize } from './decode-and-resize.js';
import { decodeInto } from './decode-into.js';
import type { DecodeAnswer, DecodeRequest } from './decode-pool.js';
import { readBytesNow } from './read-bytes.js';

// The entry of a decoding thread: one answer to each request; levels are handed over, not copied.
parentPort?.on('message', async ({ id, path, size, target }: DecodeRequest) => {
  const answer = (given: DecodeAnswer, ...handedOver: ArrayBuffer[]): void => parentPort?.postMessage(given, handedOver);
  try {
    if (size && target) {
      const originalSize = await decodeInto(path, size, target, true);
      answer({ id, levels: { data: new Uint8Array(0), shape: [...size, 3], originalSize } });
    } else {
      const { data, shape, originalSize } = await decodeAndResize(path, size, readBytesNow(path));
      // sharp's memory belongs to libvips and cannot be handed over.
      const own = size && data.byteLength === data.buffer.byteLength ? data : data.slice();
      answer({ id, levels: { data: own, shape, originalSize } }, own.buffer as ArrayBuffer);
    }
  } catch (error) {
    answer({ id, error: (error as Error).message });
  }
});
