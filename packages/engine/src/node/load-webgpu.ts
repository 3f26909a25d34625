import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The part of the `webgpu` package that is called. */
interface WebgpuPackage {
  readonly globals: Readonly<Record<string, unknown>>;
  create(options: readonly string[]): { requestAdapter(): Promise<object | null> };
}

/** Where the `webgpu` package lies, as seen from the working folder and from here; undefined where it is not installed. */
export function findWebgpu(): string | undefined {
  for (const from of [join(resolve('.'), 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve('webgpu');
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}

/**
 * Gives Node the WebGPU of the `webgpu` package, where a browser has its own, and registers the backend.
 *
 * @throws Error where the package or a graphics adapter is missing
 */
export async function loadWebgpu(): Promise<void> {
  if (globalThis.navigator === undefined) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  if (!('gpu' in globalThis.navigator)) {
    const path = findWebgpu();
    if (path === undefined) throw new Error('it is not installed');
    const { create, globals } = (await import(pathToFileURL(path).href)) as WebgpuPackage;
    const gpu = create([]);
    if ((await gpu.requestAdapter()) === null) throw new Error('there is no graphics adapter');
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  }
  await import('@tensorflow/tfjs-backend-webgpu');
}
