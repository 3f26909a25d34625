import '@tensorflow/tfjs-layers';

/**
 * Registers the gradients of TensorFlow.js' operations; calling it again does nothing. tfjs-core alone registers none
 * in Node: importing tfjs-layers does, once.
 */
export function registerGradients(): void {}
