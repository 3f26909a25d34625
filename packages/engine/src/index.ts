export { backendNames, isBackendName, type BackendName } from './backend-name.js';
export { engineReport, type EngineReport } from './engine-report.js';
export { measureGflops } from './measure-gflops.js';
export { registerGradients } from './register-gradients.js';
export { trainingBatchNorm, type NormalizedBatch } from './ops/training-batch-norm.js';
export { leakyRelu, relu } from './ops/leaky-relu.js';
export { replicatePad } from './ops/replicate-pad.js';
export { permuteChannels, invertPermutation } from './ops/permute-channels.js';
