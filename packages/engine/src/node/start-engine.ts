import * as tf from '@tensorflow/tfjs-core';
import { tfjsName, type BackendName } from '../backend-name.js';
import { registerGradients } from '../register-gradients.js';
import { availableBackends } from './available-backends.js';
import { loadBackend } from './load-backend.js';

export interface EngineOptions {
  /** The backend wanted; `auto`, the default, takes the best one installed. */
  readonly backend?: BackendName | 'auto';
}

export interface EngineReport {
  readonly backend: BackendName;
}

/** Starts a backend and makes it TensorFlow.js' current one. */
export async function startEngine(options: EngineOptions = {}): Promise<EngineReport> {
  const wanted = options.backend ?? 'auto';
  const backend = wanted === 'auto' ? (availableBackends()[0] as BackendName) : wanted;
  registerGradients();
  await loadBackend(backend);
  if (!(await tf.setBackend(tfjsName(backend)))) throw new Error(`backend ${backend} did not start`);
  return { backend };
}
