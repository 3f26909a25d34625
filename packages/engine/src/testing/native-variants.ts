import * as tf from '@tensorflow/tfjs-core';
import { nativeKernels } from '../kernels/native-kernels.js';

const instructionSets = ['avx512', 'avx2', 'base'] as const;

/** Runs a test body with our own kernels held to each instruction set that the processor has; on other backends once. */
export function forEachIsa(body: (isa: string) => void): void {
  const kernels = nativeKernels();
  if (tf.getBackend() !== 'tensorflow' || 'missing' in kernels) return body('plain');
  const used = kernels.isa();
  try {
    for (const isa of instructionSets) if (kernels.useIsa(isa)) body(isa);
  } finally {
    kernels.useIsa(used);
  }
}

/** Runs a test body with our own kernels on each of these numbers of threads; on other backends once. */
export function forEachThreadCount(counts: readonly number[], body: (threads: number) => void): void {
  const kernels = nativeKernels();
  if (tf.getBackend() !== 'tensorflow' || 'missing' in kernels) return body(1);
  const used = kernels.threads();
  try {
    for (const count of counts) {
      kernels.setThreads(count);
      body(count);
    }
  } finally {
    kernels.setThreads(used);
  }
}
