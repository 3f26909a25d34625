import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The part of the `webgpu` package that is called. */
interface WebgpuPackage {
  readonly globals: Readonly<Record<string, unknown>>;
  create(options: readonly string[]): { requestAdapter(): Promise<object | null> };
}

/** Where the `webgpu` package lies; undefined where it is not installed beside this one. */
export function findWebgpu(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('webgpu');
  } catch {
    return undefined;
  }
}

/**
 * False on a Linux without Vulkan's loader. Dawn says so too, but with lines of its own on standard error that no setting
 * turns off.
 */
function mayHaveDriver(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
  } catch (error) {
    // One that is found fails as well: it is no addon of Node.
    return !/No such file/.test((error as Error).message);
  }
  return true;
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
    if (!mayHaveDriver()) throw new Error('there is no graphics driver: libvulkan.so.1 is missing');
    const { create, globals } = (await import(pathToFileURL(path).href)) as WebgpuPackage;
    const gpu = create([]);
    if ((await gpu.requestAdapter()) === null) throw new Error('there is no graphics adapter');
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  }
  await import('@tensorflow/tfjs-backend-webgpu');
}
