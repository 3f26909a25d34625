import { decodeDepth } from '@blemish/images';
import type { NdArray } from 'ndarray';

/** What the numbers in depth maps mean. */
export interface DepthValues {
  /** The files' unit. Default metres. */
  readonly unit?: 'm' | 'mm' | undefined;
  /** Units a level of height maps of 8 or 16 bits, which cannot be read without; a factor for all others, default 1. */
  readonly scale?: number | undefined;
}

/** Decodes depth maps, a few at a time. */
export interface DepthLoader {
  /**
   * Metres [H,W], 0 where nothing was measured. With a signal it is a load ahead of need: it waits behind those without,
   * and is dropped once the signal has come. Errors begin with the file's name.
   */
  load(path: string, signal?: AbortSignal): Promise<NdArray<Float32Array>>;
  /** What still waits fails. */
  close(): void;
}

/** One is decoded while the next is read: more would only share the thread, and hold memory. */
const atOnce = 2;

/** A loader on the calling thread. */
export function createDepthLoader(values: DepthValues = {}): DepthLoader {
  const waiting: (() => void)[] = [];
  let running = 0;
  let closed = false;

  return {
    load: async (path, signal) => {
      if (running < atOnce) running++;
      else await new Promise<void>((go) => (signal ? waiting.push(go) : waiting.unshift(go)));
      try {
        signal?.throwIfAborted();
        if (closed) throw new Error(`${path}: the source of samples was closed`);
        return (await decodeDepth(path, values)).z;
      } finally {
        // What is asked for, the latest first, goes before what is decoded ahead, the earliest first.
        const go = waiting.shift();
        if (go) go();
        else running--;
      }
    },
    close: () => {
      closed = true;
    },
  };
}
