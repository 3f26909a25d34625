/** A backend as the user names it; `gpu` and `native` are TensorFlow's C library, with and without CUDA. */
export type BackendName = 'gpu' | 'native' | 'webgpu' | 'wasm' | 'cpu';

/** Every backend, best first: the order in which `auto` takes what is there. */
export const backendNames: readonly BackendName[] = ['gpu', 'native', 'webgpu', 'wasm', 'cpu'];

/** True when `name` is one of `backendNames`. */
export function isBackendName(name: string): name is BackendName {
  return (backendNames as readonly string[]).includes(name);
}

/** The name under which TensorFlow.js registers a backend. */
export function tfjsName(backend: BackendName): string {
  return backend === 'gpu' || backend === 'native' ? 'tensorflow' : backend;
}
