import { backendNames, type BackendName } from '../backend-name.js';
import { measureGflops } from '../measure-gflops.js';
import { availableBackends } from './available-backends.js';
import { howToGet } from './how-to-get.js';
import { cacheFolder } from './native/engine-folder.js';
import { findTfjsNode } from './native/find-tfjs-node.js';
import { startEngine } from './start-engine.js';
import { threadCount } from './threads.js';

/** One backend on this machine. */
export interface BackendDiagnosis {
  readonly backend: BackendName;
  /** True when it started. */
  readonly works: boolean;
  /** Its version where it works, and why it does not where it does not. */
  readonly detail: string;
  /** What to do to have it; undefined where it works. */
  readonly howToGet?: string;
  /** Where its library lies, for the backends that are installed apart. */
  readonly folder?: string;
  /** Matrix products in 10^9 operations a second; undefined where it does not work or was not measured. */
  readonly gflops?: number;
}

/** What this machine has for Blemish to run on. */
export interface DoctorReport {
  readonly node: string;
  readonly platform: string;
  /** Threads that the native engine would share an operation among. */
  readonly threads: number;
  readonly cacheFolder: string;
  /** The backend that `auto` takes. */
  readonly chosen: BackendName;
  readonly backends: readonly BackendDiagnosis[];
}

/**
 * Starts every backend in turn and says what is found, what is missing, and how to get it. Afterwards the backend that
 * `auto` takes is the current one.
 *
 * @param options `measure`: also time matrix products on each, a few seconds in all (true by default)
 */
export async function doctorReport({ measure = true }: { measure?: boolean } = {}): Promise<DoctorReport> {
  const installed = availableBackends();
  const backends: BackendDiagnosis[] = [];
  for (const backend of backendNames) backends.push(await diagnose(backend, installed.includes(backend), measure));
  const { backend: chosen } = await startEngine({ backend: 'auto' });
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    threads: threadCount(),
    cacheFolder: cacheFolder(),
    chosen: chosen as BackendName,
    backends,
  };
}

async function diagnose(backend: BackendName, installed: boolean, measure: boolean): Promise<BackendDiagnosis> {
  if (!installed) return { backend, works: false, detail: 'not installed', howToGet: howToGet[backend] };
  try {
    const { version } = await startEngine({ backend });
    const folder =
      backend === 'native' || backend === 'gpu'
        ? findTfjsNode(backend === 'gpu' ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node')?.root
        : undefined;
    return {
      backend,
      works: true,
      detail: version,
      ...(folder === undefined ? {} : { folder }),
      ...(measure ? { gflops: await measureGflops() } : {}),
    };
  } catch (error) {
    // The cause alone: how to get it stands beside it.
    const { cause, message } = error as Error;
    const [detail = ''] = (cause instanceof Error ? cause.message : message).split('\n');
    return { backend, works: false, detail, howToGet: howToGet[backend] };
  }
}
