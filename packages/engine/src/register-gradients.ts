import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { registerKernels } from './kernels/register-kernels.js';
import { registerConv2dGradient } from './ops/conv2d-gradient.js';
import { registerCoupleGradient } from './ops/couple.js';
import { registerFusedBatchNormGradient } from './ops/fused-batch-norm.js';
import { registerFusedConv2dGradient } from './ops/fused-conv2d.js';
import { leakyReluKernel, registerLeakyReluGradient } from './ops/leaky-relu.js';
import { registerMaxPoolGradient } from './ops/max-pool.js';
import { registerPermuteChannelsGradient } from './ops/permute-channels.js';
import { registerReplicatePadGradient } from './ops/replicate-pad.js';
import { registerTrainingBatchNormGradient } from './ops/training-batch-norm.js';

/**
 * Registers TensorFlow.js' gradients, ours where a backend lacks one or does it badly, and the kernels of this package's
 * operations; calling it again does nothing. tfjs-core alone registers no gradient in Node: importing tfjs-layers does.
 */
export function registerGradients(): void {
  // TensorFlow.js keeps one registry a process, whichever copy of this package asks.
  if (tf.getGradient(leakyReluKernel) !== undefined) return;
  registerKernels();
  registerConv2dGradient();
  registerCoupleGradient();
  registerFusedBatchNormGradient();
  registerFusedConv2dGradient();
  registerLeakyReluGradient();
  registerMaxPoolGradient();
  registerPermuteChannelsGradient();
  registerReplicatePadGradient();
  registerTrainingBatchNormGradient();
}

registerGradients();
