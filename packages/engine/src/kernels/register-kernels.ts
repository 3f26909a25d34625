import * as tf from '@tensorflow/tfjs-core';
import { adamStepKernel } from '../ops/adam-step.js';
import { conv2dFilterGradKernel, conv2dInputGradKernel } from '../ops/conv2d-gradient.js';
import { coupleGradKernel, coupleKernel } from '../ops/couple.js';
import { fusedBatchNormGradKernel, fusedBatchNormKernel } from '../ops/fused-batch-norm.js';
import { fusedConv2dFilterGradKernel, fusedConv2dInputGradKernel, fusedConv2dKernel } from '../ops/fused-conv2d.js';
import { invertedResidualKernel } from '../ops/inverted-residual.js';
import { maxPoolGradKernel, maxPoolKernel } from '../ops/max-pool.js';
import { leakyReluGradKernel, leakyReluKernel } from '../ops/leaky-relu.js';
import { permuteChannelsKernel } from '../ops/permute-channels.js';
import { replicatePadGradKernel, replicatePadKernel } from '../ops/replicate-pad.js';
import { stemInvertedResidualKernel } from '../ops/stem-inverted-residual.js';
import { stemKernel } from '../ops/stem.js';
import { swishKernel } from '../ops/swish.js';
import { trainingBatchNormGradKernel, trainingBatchNormKernel } from '../ops/training-batch-norm.js';
import * as hostBatchNorm from './host/training-batch-norm.js';
import * as hostConv from './host/conv2d-grad.js';
import * as hostPad from './host/replicate-pad.js';
import * as hostPermute from './host/permute-channels.js';
import * as hostRelu from './host/leaky-relu.js';
import * as nativeAdam from './native/adam-step.js';
import * as nativeBatchNorm from './native/training-batch-norm.js';
import * as nativeConv from './native/conv2d-grad.js';
import * as nativeCouple from './native/couple.js';
import * as nativeFusedBatchNorm from './native/fused-batch-norm.js';
import * as nativeFusedConv from './native/fused-conv2d.js';
import * as nativePool from './native/max-pool.js';
import * as nativePad from './native/replicate-pad.js';
import * as nativePermute from './native/permute-channels.js';
import { permuteChannelsDirectly } from './native/permute-channels-directly.js';
import * as nativeRelu from './native/leaky-relu.js';
import * as nativeResidual from './native/inverted-residual.js';
import * as nativeStem from './native/stem.js';
import * as nativeSwish from './native/swish.js';

/**
 * Which code runs an operation on which backend: the one place that decides it. `host` serves the backends whose memory
 * JavaScript sees (`cpu`, `wasm`), `native` TensorFlow's C library; a backend that is not here (`webgpu`, `webgl`), or has none of an operation, runs
 * the plain form, of stock operations.
 */
const kernels: Readonly<Record<string, { readonly host?: unknown; readonly native: unknown }>> = {
  [conv2dInputGradKernel]: { host: hostConv.conv2dInputGrad, native: nativeConv.conv2dInputGrad },
  [conv2dFilterGradKernel]: { host: hostConv.conv2dFilterGrad, native: nativeConv.conv2dFilterGrad },
  [leakyReluKernel]: { host: hostRelu.leakyRelu, native: nativeRelu.leakyRelu },
  [leakyReluGradKernel]: { host: hostRelu.leakyReluGrad, native: nativeRelu.leakyReluGrad },
  [permuteChannelsKernel]: { host: hostPermute.permuteChannels, native: nativePermute.permuteChannels },
  [replicatePadKernel]: { host: hostPad.replicatePad, native: nativePad.replicatePad },
  [replicatePadGradKernel]: { host: hostPad.replicatePadGrad, native: nativePad.replicatePadGrad },
  [swishKernel]: { native: nativeSwish.swish },
  [trainingBatchNormKernel]: { host: hostBatchNorm.trainingBatchNorm, native: nativeBatchNorm.trainingBatchNorm },
  [trainingBatchNormGradKernel]: { host: hostBatchNorm.trainingBatchNormGrad, native: nativeBatchNorm.trainingBatchNormGrad },
};

/** Registers the kernels with TensorFlow.js; it does not matter which backends are loaded, or when. */
export function registerKernels(): void {
  for (const [kernelName, { host, native }] of Object.entries(kernels)) {
    for (const [backendName, kernel] of [['cpu', host], ['wasm', host], ['tensorflow', native]] as const) {
      if (kernel !== undefined) tf.registerKernel({ kernelName, backendName, kernelFunc: kernel as tf.KernelFunc });
    }
  }
}

/**
 * The same for our own kernels inside TensorFlow's library, which are not everywhere: without them, and on all other
 * backends, these operations run in their plain form.
 */
const addonKernels: Readonly<Record<string, unknown>> = {
  [adamStepKernel]: nativeAdam.adamStep,
  [coupleKernel]: nativeCouple.couple,
  [coupleGradKernel]: nativeCouple.coupleGrad,
  [maxPoolKernel]: nativePool.maxPool,
  [maxPoolGradKernel]: nativePool.maxPoolGrad,
  [permuteChannelsKernel]: permuteChannelsDirectly,
  [fusedBatchNormKernel]: nativeFusedBatchNorm.fusedBatchNorm,
  [fusedBatchNormGradKernel]: nativeFusedBatchNorm.fusedBatchNormGrad,
  [fusedConv2dKernel]: nativeFusedConv.fusedConv2d,
  [fusedConv2dInputGradKernel]: nativeFusedConv.fusedConv2dInputGrad,
  [fusedConv2dFilterGradKernel]: nativeFusedConv.fusedConv2dFilterGrad,
  [invertedResidualKernel]: nativeResidual.invertedResidual,
  [stemInvertedResidualKernel]: nativeResidual.stemInvertedResidual,
  [stemKernel]: nativeStem.stem,
};

/** Registers what the addon of our own kernels serves, once it is loaded. */
export function registerNativeKernels(): void {
  const backendName = 'tensorflow';
  for (const [kernelName, kernel] of Object.entries(addonKernels)) {
    // In the place of what TensorFlow's own operations serve.
    if (tf.getKernel(kernelName, backendName) !== undefined) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ kernelName, backendName, kernelFunc: kernel as tf.KernelFunc });
  }
}
