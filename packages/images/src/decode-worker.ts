import { parentPort } from 'node:worker_threads';
import { decodeAndResize } from './decode-and-resize.js';
import type { DecodeAnswer, DecodeRequest } from './decode-pool.js';

// The entry of a decoding thread: one request, one answer; levels are handed over, not copied.
parentPort?.on('message', async ({ path, size }: DecodeRequest) => {
  try {
    const { data, shape, originalSize } = await decodeAndResize(path, size);
    // sharp's memory belongs to libvips and cannot be handed over.
    const own = size && data.byteLength === data.buffer.byteLength ? data : data.slice();
    parentPort?.postMessage({ levels: { data: own, shape, originalSize } } satisfies DecodeAnswer, [own.buffer as ArrayBuffer]);
  } catch (error) {
    parentPort?.postMessage({ error: (error as Error).message } satisfies DecodeAnswer);
  }
});
