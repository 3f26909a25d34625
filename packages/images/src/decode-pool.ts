import { Worker } from 'node:worker_threads';
import type { DecodedLevels } from './decode-and-resize.js';

/** What is to be decoded. */
export interface DecodeTask {
  readonly path: string;
  /** [height, width] wanted; the image's own where absent. */
  readonly size?: readonly [number, number] | undefined;
  /** Shared memory that takes the image as numbers in [0,1], [h,w,3], at the size wanted; the answer then holds no levels. */
  readonly target?: Float32Array | undefined;
}

/** Threads that decode files. */
export interface DecodePool {
  /** Decodes one file; a task whose signal is aborted before a thread is free is never started. */
  decode(task: DecodeTask, signal?: AbortSignal): Promise<DecodedLevels>;
  /** Ends the threads; whatever is still waiting fails. */
  close(): Promise<void>;
}

/** What a thread is asked. */
export interface DecodeRequest extends DecodeTask {
  readonly id: number;
}

/** What it answers. */
export type DecodeAnswer = { readonly id: number } & ({ readonly levels: DecodedLevels } | { readonly error: string });

interface Job {
  readonly request: DecodeRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (levels: DecodedLevels) => void;
  readonly reject: (reason: unknown) => void;
}

/** Files that a thread has at a time: while libvips or zlib works on one in threads of their own, it computes on the other. */
const jobsPerThread = 2;

/**
 * At most `count` threads that run `entry`, started when first needed. A thread without work does not keep the process
 * alive.
 */
export function createDecodePool(entry: URL, count: number): DecodePool {
  const threads = new Map<Worker, Map<number, Job>>();
  const waiting: Job[] = [];
  let closed = false;
  let nextId = 0;

  function dispatch(): void {
    while (waiting.length > 0) {
      const thread = freeThread();
      if (!thread) return;
      const job = waiting.shift() as Job;
      if (job.signal?.aborted) {
        job.reject(job.signal.reason);
        continue;
      }
      threads.get(thread)?.set(job.request.id, job);
      thread.ref();
      thread.postMessage(job.request);
    }
  }

  /** The thread with the fewest jobs, a new one rather than a second job. */
  function freeThread(): Worker | undefined {
    const [least] = [...threads].sort(([, a], [, b]) => a.size - b.size);
    if (least?.[1].size === 0) return least[0];
    if (threads.size < count) return startThread();
    return least && least[1].size < jobsPerThread ? least[0] : undefined;
  }

  function startThread(): Worker {
    // Options of the calling process (`--input-type`, a loader) are not meant for a file that is built.
    const thread = new Worker(entry, { execArgv: [] });
    const jobs = new Map<number, Job>();
    threads.set(thread, jobs);
    thread.on('message', (answer: DecodeAnswer) => {
      const job = jobs.get(answer.id);
      jobs.delete(answer.id);
      // Once closing, the thread must keep the process alive until it has ended, or nobody waits for `terminate`.
      if (!closed && jobs.size === 0) thread.unref();
      if ('levels' in answer) job?.resolve(answer.levels);
      else job?.reject(new Error(answer.error));
      dispatch();
    });
    const lost = (cause: unknown): void => {
      threads.delete(thread);
      for (const { request, reject } of jobs.values()) reject(new Error(`${request.path}: the thread that decoded it ended`, { cause }));
      if (!closed) dispatch();
    };
    thread.on('error', lost);
    thread.on('exit', (code) => {
      if (threads.has(thread)) lost(new Error(`exit code ${code}`));
    });
    return thread;
  }

  return {
    decode: (task, signal) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new Error(`${task.path}: the image loader is closed`));
          return;
        }
        waiting.push({ request: { ...task, id: nextId++ }, signal, resolve, reject });
        dispatch();
      }),
    close: async () => {
      closed = true;
      for (const { request, reject } of waiting.splice(0)) reject(new Error(`${request.path}: the image loader is closed`));
      await Promise.all([...threads.keys()].map((thread) => thread.terminate()));
    },
  };
}
