import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend-name.js';
import { findTfjsNode } from './native/find-tfjs-node.js';
import { loadTfjsNode } from './native/load-tfjs-node.js';

const require = createRequire(import.meta.url);

/** Loads the code of a backend, which registers it with TensorFlow.js; loading twice does nothing. */
export async function loadBackend(backend: BackendName): Promise<void> {
  switch (backend) {
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      // It would greet whoever uses it in Node with an advertisement.
      Object.assign(tf.findBackend('cpu'), { firstUse: false });
      return;
    case 'wasm':
      return loadWasm();
    case 'native':
      return loadTensorflow('@tensorflow/tfjs-node');
    case 'gpu':
      return loadTensorflow('@tensorflow/tfjs-node-gpu');
    default:
      throw new Error(`backend ${backend} is not here`);
  }
}

let wasmLoaded: Promise<void> | undefined;

function loadWasm(): Promise<void> {
  wasmLoaded ??= (async () => {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  })();
  return wasmLoaded;
}

function loadTensorflow(name: '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu'): void {
  if (tf.findBackendFactory('tensorflow') !== null && tf.findBackendFactory('tensorflow') !== undefined) return;
  const package_ = findTfjsNode(name);
  if (package_ === undefined) throw new Error(`${name} is not installed`);
  // What must stand in the environment before the library loads.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  loadTfjsNode(package_);
}
