import type { BackendName } from '../backend-name.js';
import { findTfjsNode } from './native/find-tfjs-node.js';
import { findWebgpu } from './load-webgpu.js';

/**
 * The backends installed here, best first. Nothing is loaded: whether there is a graphics adapter for `gpu` and `webgpu`
 * shows when they start.
 */
export function availableBackends(): readonly BackendName[] {
  const found: BackendName[] = [];
  if (findTfjsNode('@tensorflow/tfjs-node-gpu') !== undefined) found.push('gpu');
  if (findTfjsNode('@tensorflow/tfjs-node') !== undefined) found.push('native');
  if (findWebgpu() !== undefined) found.push('webgpu');
  return [...found, 'wasm', 'cpu'];
}
