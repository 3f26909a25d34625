import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Crew, HelperJob, HelperParts, Helpers } from '@blemish/detectors';
import type { BackendName } from '@blemish/engine/node';
import { shareArrays } from './share-arrays.js';

/** How helper threads run. */
export interface HelperThreadOptions {
  /** The backend of each thread's own engine. */
  readonly backend: BackendName;
  /** Most threads; the calling one does none of their work. */
  readonly count: number;
  /** Told in one line when a thread was lost and others go on. */
  readonly onWarning: (line: string) => void;
  /** What a thread runs. Default: the built file beside this one. */
  readonly entry?: URL;
}

/** What a thread is told. */
export type HelperOrder = { readonly parts: HelperParts; readonly backend: BackendName } | { readonly job: HelperJob };

/** What it answers. */
export type HelperAnswer = { readonly ready: true } | { readonly result: object } | { readonly error: string };

/** An engine starts in half a second, in which a small network passes about as many pixels. */
const worthPixels = 2 ** 20;

interface Job {
  readonly job: HelperJob;
  readonly resolve: (result: object) => void;
  readonly reject: (reason: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  /** What it works on. */
  job: Job | undefined;
}

/**
 * Worker threads with an engine each that help a detector over its images. They live from `open` to `close`, so that no
 * memory of theirs stays; weights they read from memory that all share, before each copies them into its engine.
 *
 * @returns undefined where there is nothing to run: one thread needs no help, or this is not the built program
 */
export function createHelperThreads(options: HelperThreadOptions): Helpers | undefined {
  const { count, entry = new URL('./helper-worker.js', import.meta.url) } = options;
  if (count < 2 || !existsSync(entry)) return undefined;
  return { worthPixels, open: (parts, most) => openCrew({ ...options, entry, count: Math.min(count, most) }, parts) };
}

function openCrew({ backend, count, onWarning, entry }: Required<HelperThreadOptions>, parts: HelperParts): Crew {
  const waiting: Job[] = [];
  let closed = false;
  const threads = new Set(Array.from({ length: count }, startThread));
  const order: HelperOrder = { parts: shareArrays(parts), backend };
  for (const { worker } of threads) worker.postMessage(order);

  function startThread(): Thread {
    // Options of the calling process (`--input-type`, a loader) are not meant for a file that is built.
    const thread: Thread = { worker: new Worker(entry, { execArgv: [] }), ready: false, job: undefined };
    thread.worker.on('message', (answer: HelperAnswer) => hear(thread, answer));
    thread.worker.on('error', (error) => lose(thread, error));
    thread.worker.on('exit', (code) => lose(thread, new Error(`exit code ${code}`)));
    return thread;
  }

  function hear(thread: Thread, answer: HelperAnswer): void {
    const { job } = thread;
    if ('ready' in answer) thread.ready = true;
    else if ('result' in answer) job?.resolve(answer.result);
    else if (thread.ready) job?.reject(new Error(answer.error));
    else {
      lose(thread, new Error(answer.error));
      void thread.worker.terminate();
    }
    thread.job = undefined;
    dispatch();
  }

  /** Each ready thread has one job at a time; this thread is never busy for long, so that the next follows at once. */
  function dispatch(): void {
    for (const thread of threads) {
      if (!thread.ready || thread.job !== undefined) continue;
      const next = waiting.shift();
      if (next === undefined) return;
      thread.job = next;
      thread.worker.postMessage({ job: next.job } satisfies HelperOrder);
    }
  }

  /** A thread ended: of its own accord only when something is wrong with it. */
  function lose(thread: Thread, cause: Error): void {
    if (!threads.delete(thread) || closed) return;
    const [reason] = cause.message.split('\n');
    const failed = [...(thread.job === undefined ? [] : [thread.job]), ...(threads.size === 0 ? waiting.splice(0) : [])];
    for (const { job, reject } of failed) reject(new Error(`${job.id}: the thread that worked on it ended (${reason})`, { cause }));
    if (threads.size > 0) onWarning(`a helper thread ended (${reason}), ${threads.size} go on`);
  }

  return {
    size: count,
    run: (job) =>
      new Promise((resolve, reject) => {
        if (closed || threads.size === 0) {
          reject(new Error(`${job.id}: no thread is there to work on it`));
          return;
        }
        waiting.push({ job, resolve, reject });
        dispatch();
      }),
    async close() {
      closed = true;
      const ending = [...threads];
      threads.clear();
      for (const { job, reject } of [...ending.flatMap((thread) => thread.job ?? []), ...waiting.splice(0)]) reject(new Error(`${job.id}: the work on it was stopped`));
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
    },
  };
}
