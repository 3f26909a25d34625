import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-name.js';
import { nativeKernels } from './kernels/native-kernels.js';

/** What runs, on how much: the numbers that belong beside a result or a timing. */
export interface EngineReport {
  /** The current backend; a backend that is not one of ours keeps TensorFlow.js' name for it, such as `webgl`. */
  readonly backend: BackendName | string;
  /** Versions: TensorFlow.js, the library under it, our own kernels in that and their instruction set: what bits depend on. */
  readonly version: string;
  /** How many threads share one operation; 1 where there is no pool of threads, and on a graphics card. */
  readonly threads: number;
  /** Tensors alive now: how many, and their bytes. */
  readonly memory: { readonly tensors: number; readonly bytes: number };
}

/** tfjs-node's backend, as far as it tells about itself. */
interface NativeBackend extends tf.KernelBackend {
  readonly isGPUPackage: boolean;
  readonly binding: { readonly TF_Version: string };
}

let nativeThreads = 1;

/** Tells the report how many threads TensorFlow was given when it was loaded: it has no way to ask. */
export function declareNativeThreads(threads: number): void {
  nativeThreads = threads;
}

/** Reports on the current backend of TensorFlow.js, whoever started it. */
export function engineReport(): EngineReport {
  const name = tf.getBackend();
  const { numTensors, numBytes } = tf.memory();
  const memory = { tensors: numTensors, bytes: numBytes };
  const version = `TensorFlow.js ${tf.version_core}`;
  if (name !== 'tensorflow') return { backend: name, version, threads: 1, memory };
  const { isGPUPackage, binding } = tf.backend() as NativeBackend;
  return {
    backend: isGPUPackage ? 'gpu' : 'native',
    version: `${version}, TensorFlow ${binding.TF_Version}, ${kernelsInWords()}`,
    threads: nativeThreads,
    memory,
  };
}

function kernelsInWords(): string {
  const kernels = nativeKernels();
  return 'missing' in kernels ? `without own kernels (${kernels.missing})` : `own kernels ${kernels.revision} (${kernels.isa()})`;
}
