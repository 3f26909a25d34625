import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend-name.js';
import { loadTensorflow } from './load-tensorflow.js';
import { loadWasm } from './load-wasm.js';
import { loadWebgpu } from './load-webgpu.js';

/** Loads the code of a backend, which registers it with TensorFlow.js; loading it again does nothing. */
export async function loadBackend(backend: BackendName): Promise<void> {
  switch (backend) {
    case 'gpu':
      return loadTensorflow('@tensorflow/tfjs-node-gpu');
    case 'native':
      return loadTensorflow('@tensorflow/tfjs-node');
    case 'webgpu':
      return loadWebgpu();
    case 'wasm':
      return loadWasm();
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      // It would greet whoever uses it in Node with an advertisement.
      Object.assign(tf.findBackend('cpu'), { firstUse: false });
  }
}
