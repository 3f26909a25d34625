export {
  createAstStudent,
  isUnusedByAstStudent,
  type AstStudent,
  type AstStudentOptions,
  type AstStudentOutput,
} from './ast-student.js';
export { distancePerPosition, type DistanceOptions } from './distance.js';
