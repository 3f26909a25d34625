export { availableBackends } from './available-backends.js';
export { startEngine, type EngineOptions, type SkippedBackend, type StartedEngine } from './start-engine.js';
export { doctorReport, type BackendDiagnosis, type DoctorReport } from './doctor-report.js';
export { threadCount } from './threads.js';
export { cacheFolder } from './native/engine-folder.js';
export type { BackendName } from '../backend-name.js';
export { engineReport, type EngineReport } from '../engine-report.js';
export { measureGflops } from '../measure-gflops.js';
