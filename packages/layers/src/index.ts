export { createRandom, type Random } from './random.js';
export { getParam, pickParams, replaceParams, disposeParams, type Params } from './params.js';
export {
  convSpecs,
  batchNormSpecs,
  trainableNames,
  countParams,
  sizeOf,
  type ParamLayout,
  type ParamSpec,
  type ParamSpecs,
} from './param-specs.js';
export { initParams } from './init-params.js';
export { drawInitial } from './draw-initial.js';
export { fileShape, fromFileLayout, toFileLayout } from './file-layout.js';
export type { NamedArray, FloatArray } from './named-array.js';
export { paramsFromArrays, type FromArraysOptions } from './params-from-arrays.js';
export { paramsToArrays } from './params-to-arrays.js';
export { convolve, conv2d, type ConvOptions, type Padding } from './convolve.js';
export { conditionedConv2d, type ConditionedConvOptions } from './conditioned-conv2d.js';
export { batchNorm, type BatchNormOptions, type BatchNormResult } from './batch-norm.js';
export { positionalEncoding } from './positional-encoding.js';
export { valueAndGrads, type Loss, type ValueAndGrads } from './value-and-grads.js';
export type { Optimizer, OptimizerState } from './optimizer.js';
export { cosineRate } from './cosine-rate.js';
export { createAdam, type AdamOptions } from './create-adam.js';
export { createSgd, type SgdOptions } from './create-sgd.js';
