export type { Dtype, WeightArray, WeightData, Weights } from './weight-array.js';
export { readSafetensors } from './read-safetensors.js';
export { writeSafetensors } from './write-safetensors.js';
