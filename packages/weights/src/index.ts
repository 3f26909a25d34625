export type { Dtype, WeightArray, WeightData, Weights } from './weight-array.js';
export { readSafetensors } from './read-safetensors.js';
export { writeSafetensors } from './write-safetensors.js';
export { readPytorch } from './read-pytorch.js';
export { readWeights } from './read-weights.js';
export { tensorsBelow, unwrapStateDict } from './unwrap-state-dict.js';
