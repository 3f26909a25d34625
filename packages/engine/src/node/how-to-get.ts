import type { BackendName } from '../backend-name.js';
import { tfjsVersion } from './native/engine-folder.js';

/** What to do to have a backend that is missing, in one line. */
export const howToGet: Readonly<Record<BackendName, string>> = {
  gpu: `npm install @tensorflow/tfjs-node-gpu@${tfjsVersion} (Linux or Windows, with CUDA)`,
  native: `npm run engine:native in a checkout of Blemish, or npm install @tensorflow/tfjs-node@${tfjsVersion}`,
  webgpu: 'npm install webgpu@0.6.2, on a machine with a Vulkan, Metal or Direct3D 12 driver',
  wasm: 'npm install @blemish/engine: it comes with it',
  cpu: 'npm install @blemish/engine: it comes with it',
};
