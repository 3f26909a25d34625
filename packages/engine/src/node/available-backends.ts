import type { BackendName } from '../backend-name.js';
import { findTfjsNode } from './native/find-tfjs-node.js';

/** The backends installed here, best first. */
export function availableBackends(): readonly BackendName[] {
  const found: BackendName[] = [];
  if (findTfjsNode('@tensorflow/tfjs-node-gpu') !== undefined) found.push('gpu');
  if (findTfjsNode('@tensorflow/tfjs-node') !== undefined) found.push('native');
  return [...found, 'wasm', 'cpu'];
}
