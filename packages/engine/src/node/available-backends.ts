import type { BackendName } from '../backend-name.js';

/** The backends installed here, best first. */
export function availableBackends(): readonly BackendName[] {
  return ['wasm', 'cpu'];
}
