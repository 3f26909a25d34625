import type { Helpers } from '@blemish/detectors';
import { startEngine, threadCount, type BackendName, type StartedEngine } from '@blemish/engine/node';
import { describeEngine } from './describe-engine.js';
import { createHelperThreads } from './helper-threads.js';
import { createTerminal, type Terminal } from './terminal.js';

/** What every command takes. */
export interface CommonOptions {
  readonly backend?: 'auto' | 'gpu' | 'native' | 'webgpu' | 'wasm' | 'cpu';
  readonly threads?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** The terminal as the options ask for it. */
export function terminalFor({ quiet = false }: CommonOptions): Terminal {
  return createTerminal({ quiet });
}

/** What computes. */
export interface Started {
  readonly engine: StartedEngine;
  /** Threads that share the images, where the engine itself has one thread only. */
  readonly helpers: Helpers | undefined;
}

/** Backends whose operations run on one core. */
const singleThreaded: readonly string[] = ['wasm', 'cpu'] satisfies BackendName[];

/** Starts the engine, and says which and on how many threads. */
export async function startFor({ backend = 'auto' }: CommonOptions, terminal: Terminal): Promise<Started> {
  const engine = await startEngine({ backend });
  const helpers = singleThreaded.includes(engine.backend)
    ? createHelperThreads({ backend: engine.backend as BackendName, count: threadCount(), onWarning: (line) => terminal.note(line) })
    : undefined;
  for (const line of describeEngine(engine, helpers && threadCount())) terminal.note(line);
  return { engine, helpers };
}
