import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Crew, HelperJob, HelperParts, Helpers } from '@blemish/detectors';
import type { BackendName } from '@blemish/engine/node';
import { shareArrays } from './share-arrays.js';

/** How helper threads run. */
export interface HelperThreadOptions {
  /** The backend of each thread's own engine. */
  readonly backend: BackendName;
  /** Most threads beside the calling one. */
  readonly count: number;
  /** Told in one line when a thread is lost and the others go on. */
  readonly onWarning: (line: string) => void;
  /** What a thread runs. Default: the built file beside this one. */
  readonly entry?: URL;
}

/** What a thread is told. */
export type HelperOrder = { readonly parts: HelperParts; readonly backend: BackendName } | { readonly job: HelperJob };

/** What it answers. */
export type HelperAnswer = { readonly ready: true } | { readonly result: object } | { readonly error: string };

/** An engine's start and the loading of a model; measured with EfficientNet-B4 on two cores. */
const preparationSeconds = 1;

interface Job {
  readonly id: string;
  readonly resolve: (result: object) => void;
  readonly reject: (reason: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  ready: boolean;
  /** Jobs in its hands, the first to be answered first. */
  readonly jobs: Job[];
}

/**
 * Worker threads with an engine each that help a detector over its images. They live from `open` to `close`, so that no
 * memory of theirs stays; weights they read from memory that all share, before each copies them into its engine.
 *
 * @returns undefined where there is nothing to run: no thread is allowed, or this is not the built program
 */
export function createHelperThreads(options: HelperThreadOptions): Helpers | undefined {
  const { count, entry = new URL('./helper-worker.js', import.meta.url) } = options;
  if (count < 1 || !existsSync(entry)) return undefined;
  return { preparationSeconds, open: (parts, most) => openCrew({ ...options, entry, count: Math.min(count, most) }, parts) };
}

function openCrew({ backend, count, onWarning, entry }: Required<HelperThreadOptions>, parts: HelperParts): Crew {
  let closed = false;
  const order: HelperOrder = { parts: shareArrays(parts), backend };
  const threads = new Set(Array.from({ length: count }, startThread));

  function startThread(): Thread {
    // Options of the calling process (`--input-type`, a loader) are not meant for a file that is built.
    const thread: Thread = { worker: new Worker(entry, { execArgv: [] }), ready: false, jobs: [] };
    thread.worker.on('message', (answer: HelperAnswer) => hear(thread, answer));
    thread.worker.on('error', (error) => lose(thread, error));
    thread.worker.on('exit', (code) => lose(thread, new Error(`exit code ${code}`)));
    thread.worker.postMessage(order);
    return thread;
  }

  function hear(thread: Thread, answer: HelperAnswer): void {
    if ('ready' in answer) {
      thread.ready = true;
    } else if (!thread.ready) {
      lose(thread, new Error((answer as { readonly error: string }).error));
      void thread.worker.terminate();
    } else if ('result' in answer) {
      thread.jobs.shift()?.resolve(answer.result);
    } else {
      thread.jobs.shift()?.reject(new Error(answer.error));
    }
  }

  /** A thread ended: of its own accord only when something is wrong with it. */
  function lose(thread: Thread, cause: Error): void {
    if (!threads.delete(thread) || closed) return;
    const [reason] = cause.message.split('\n');
    for (const { id, reject } of thread.jobs) reject(new Error(`${id}: the thread that worked on it ended (${reason})`, { cause }));
    if (thread.jobs.length === 0) onWarning(`a helper thread ended (${reason}); ${threads.size + 1} threads go on`);
  }

  return {
    get ready() {
      return [...threads].filter(({ ready }) => ready).length;
    },
    run: (job) =>
      new Promise((resolve, reject) => {
        const { id } = job;
        const [least] = [...threads].filter(({ ready }) => ready).sort((a, b) => a.jobs.length - b.jobs.length);
        if (closed || least === undefined) {
          reject(new Error(`${id}: no helper thread is there to work on it`));
          return;
        }
        least.jobs.push({ id, resolve, reject });
        least.worker.postMessage({ job } satisfies HelperOrder);
      }),
    async close() {
      closed = true;
      const ending = [...threads];
      threads.clear();
      for (const { id, reject } of ending.flatMap(({ jobs }) => jobs)) reject(new Error(`${id}: the work on it was stopped`));
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
    },
  };
}
