export { availableBackends } from './available-backends.js';
export { startEngine, type EngineOptions, type EngineReport } from './start-engine.js';
export type { BackendName } from '../backend-name.js';
