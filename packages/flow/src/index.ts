export type { Condition, Transform, Transformed } from './transform.js';
export { compose } from './compose.js';
export { permute } from './permute.js';
export { coupling, type CouplingOptions } from './coupling.js';
export { createConditionalFlow, type ConditionalFlow, type ConditionalFlowOptions } from './conditional-flow.js';
export type { SubNetwork } from './sub-network.js';
export { convSubNetwork, type ConvSubNetworkOptions } from './conv-sub-network.js';
export { likelihoodPerPosition } from './likelihood.js';
export { numpyPermutation } from './numpy-permutation.js';
