import * as tf from '@tensorflow/tfjs-core';

/** A float32 tensor whose values JavaScript reads and writes in place. */
export interface HostTensor {
  readonly info: tf.TensorInfo;
  /** The backend's own memory, good until the next allocation. */
  readonly values: Float32Array;
}

interface CpuBackend extends tf.KernelBackend {
  readonly data: { get(id: object): { readonly values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

interface WasmBackend extends tf.KernelBackend {
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}

/** The values of a float32 tensor, without a copy, on the backends whose memory JavaScript sees: `cpu` and `wasm`. */
export function hostValues(backend: tf.KernelBackend, info: tf.TensorInfo): Float32Array {
  return isWasm(backend) ? backend.typedArrayFromHeap(info) : (backend as CpuBackend).data.get(info.dataId).values;
}

/** A new tensor on `cpu` or `wasm`, its values not yet set. Views taken earlier are void: the memory may have grown. */
export function hostTensor(backend: tf.KernelBackend, shape: readonly number[]): tf.TensorInfo {
  if (isWasm(backend)) return backend.makeOutput([...shape], 'float32');
  return (backend as CpuBackend).makeTensorInfo([...shape], 'float32', new Float32Array(tf.util.sizeFromShape([...shape])));
}

function isWasm(backend: tf.KernelBackend): backend is WasmBackend {
  return 'typedArrayFromHeap' in backend;
}
