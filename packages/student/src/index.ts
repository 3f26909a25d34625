export {
  createAstStudent,
  isUnusedByAstStudent,
  type AstStudent,
  type AstStudentOptions,
  type AstStudentOutput,
} from './ast-student.js';
export { distancePerPosition, type DistanceOptions } from './distance.js';
export { createPyramidStudent, type PyramidStudent, type PyramidStudentOptions, type PyramidStudentOutput } from './pyramid-student.js';
export { pyramidDistance } from './pyramid-distance.js';
export { pyramidLoss, type PyramidLossOptions } from './pyramid-loss.js';
export { pyramidMap, type PyramidMapOptions } from './pyramid-map.js';
export { regressionError } from './ensemble/regression-error.js';
export { predictiveVariance } from './ensemble/predictive-variance.js';
export { descriptorLoss } from './ensemble/descriptor-loss.js';
