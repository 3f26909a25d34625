import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { BackendName } from '../backend-name.js';

const require = createRequire(import.meta.url);

/** Loads the code of a backend, which registers it with TensorFlow.js; loading twice does nothing. */
export async function loadBackend(backend: BackendName): Promise<void> {
  switch (backend) {
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return;
    case 'wasm':
      return loadWasm();
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
