import * as tf from '@tensorflow/tfjs-core';
import { backendNames, isBackendName, tfjsName, type BackendName } from '../backend-name.js';
import { engineReport, type EngineReport } from '../engine-report.js';
import { registerGradients } from '../register-gradients.js';
import { availableBackends } from './available-backends.js';
import { howToGet } from './how-to-get.js';
import { loadBackend } from './load-backend.js';

export interface EngineOptions {
  /** The backend wanted; `auto` takes the best one that starts. By default `BLEMISH_BACKEND`, and `auto` without that. */
  readonly backend?: BackendName | 'auto' | undefined;
}

/** A backend that is installed but did not start, so that `auto` went on to the next. */
export interface SkippedBackend {
  readonly backend: BackendName;
  /** One line. */
  readonly reason: string;
}

/** The engine that was started, and what was tried before it. */
export interface StartedEngine extends EngineReport {
  readonly skipped: readonly SkippedBackend[];
}

/**
 * Starts a backend, makes it TensorFlow.js' current one, and registers the gradients. Starting the one that runs does
 * nothing; starting another switches to it.
 *
 * @throws Error in one line, where the backend that was asked for is missing or does not start, with how to get it
 */
export async function startEngine(options: EngineOptions = {}): Promise<StartedEngine> {
  const wanted = options.backend ?? (process.env['BLEMISH_BACKEND'] || 'auto');
  registerGradients();
  let skipped: readonly SkippedBackend[] = [];
  if (wanted === 'auto') {
    skipped = await startBest();
  } else if (isBackendName(wanted)) {
    await start(wanted);
  } else {
    const place = options.backend === undefined ? 'BLEMISH_BACKEND' : 'backend';
    throw new Error(`${place}: expected auto or one of ${backendNames.join(', ')}, got ${wanted}`);
  }
  return { ...engineReport(), skipped };
}

/** Starts the best backend that starts; returns those that are installed and did not. */
async function startBest(): Promise<SkippedBackend[]> {
  const skipped: SkippedBackend[] = [];
  for (const backend of availableBackends()) {
    try {
      await start(backend);
      return skipped;
    } catch (error) {
      skipped.push({ backend, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw new Error(`no backend starts: ${skipped.map(({ reason }) => reason).join('; ')}`);
}

async function start(backend: BackendName): Promise<void> {
  try {
    await loadBackend(backend);
    if (!(await tf.setBackend(tfjsName(backend)))) throw new Error('TensorFlow.js could not start it');
    const started = engineReport().backend;
    if (started !== backend) throw new Error(`${started} was loaded in its place`);
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new Error(`backend ${backend} is not here (${reason}); to get it: ${howToGet[backend]}`, { cause });
  }
}
