import { Worker } from 'node:worker_threads';
import type { DecodedLevels } from './decode-and-resize.js';

/** Threads that decode files. */
export interface DecodePool {
  /** Decodes one file; a job whose signal is aborted before a thread is free is never started. */
  decode(path: string, size?: readonly [number, number], signal?: AbortSignal): Promise<DecodedLevels>;
  /** Ends the threads; whatever is still waiting fails. */
  close(): Promise<void>;
}

/** What a thread is asked. */
export interface DecodeRequest {
  readonly path: string;
  readonly size?: readonly [number, number];
}

/** What it answers. */
export type DecodeAnswer = { readonly levels: DecodedLevels } | { readonly error: string };

interface Job extends DecodeRequest {
  readonly signal: AbortSignal | undefined;
  readonly resolve: (levels: DecodedLevels) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * At most `count` threads that run `entry`, each with one file at a time; started when first needed. A thread without
 * work does not keep the process alive.
 */
export function createDecodePool(entry: URL, count: number): DecodePool {
  const threads = new Map<Worker, Job | undefined>();
  const waiting: Job[] = [];
  let closed = false;

  function dispatch(): void {
    while (waiting.length > 0) {
      const thread = idleThread();
      if (!thread) return;
      const job = waiting.shift() as Job;
      if (job.signal?.aborted) {
        job.reject(job.signal.reason);
        continue;
      }
      threads.set(thread, job);
      thread.ref();
      thread.postMessage({ path: job.path, ...(job.size && { size: job.size }) } satisfies DecodeRequest);
    }
  }

  function idleThread(): Worker | undefined {
    for (const [thread, job] of threads) if (!job) return thread;
    return threads.size < count ? startThread() : undefined;
  }

  function startThread(): Worker {
    // Options of the calling process (`--input-type`, a loader) are not meant for a file that is built.
    const thread = new Worker(entry, { execArgv: [] });
    threads.set(thread, undefined);
    thread.on('message', (answer: DecodeAnswer) => {
      const job = threads.get(thread);
      threads.set(thread, undefined);
      // Once closing, the thread must keep the process alive until it has ended, or nobody waits for `terminate`.
      if (!closed) thread.unref();
      if ('levels' in answer) job?.resolve(answer.levels);
      else job?.reject(new Error(answer.error));
      dispatch();
    });
    const lost = (cause: unknown): void => {
      const job = threads.get(thread);
      threads.delete(thread);
      job?.reject(new Error(`${job.path}: the thread that decoded it ended`, { cause }));
      if (!closed) dispatch();
    };
    thread.on('error', lost);
    thread.on('exit', (code) => {
      if (threads.has(thread)) lost(new Error(`exit code ${code}`));
    });
    return thread;
  }

  return {
    decode: (path, size, signal) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new Error(`${path}: the image loader is closed`));
          return;
        }
        waiting.push({ path, ...(size && { size }), signal, resolve, reject });
        dispatch();
      }),
    close: async () => {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(new Error(`${job.path}: the image loader is closed`));
      await Promise.all([...threads.keys()].map((thread) => thread.terminate()));
    },
  };
}
