export { backendNames, isBackendName, type BackendName } from './backend-name.js';
export { registerGradients } from './register-gradients.js';
