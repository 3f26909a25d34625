export { cleanDepth } from './clean-depth.js';
export { zOf } from './z-of.js';
