import { createRequire } from 'node:module';
import { dirname } from 'node:path';

let loading: Promise<void> | undefined;

/** Loads the WebAssembly backend, its binaries from the package that they came with. */
export function loadWasm(): Promise<void> {
  loading ??= (async () => {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    const { resolve } = createRequire(import.meta.url);
    setWasmPaths(`${dirname(resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  })();
  return loading;
}
