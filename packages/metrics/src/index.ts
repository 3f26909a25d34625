export { auroc } from './auroc.js';
export { aurocByChance } from './auroc-by-chance.js';
export { averagePrecision } from './average-precision.js';
export { prAuc } from './pr-auc.js';
export { f1Max, type F1Max } from './f1-max.js';
export { rocCurve, type RocCurve } from './roc-curve.js';
export { precisionRecallCurve, type PrecisionRecallCurve } from './precision-recall-curve.js';
export { connectedComponents, type Components } from './connected-components.js';
export type { LabelledMap } from './labelled-map.js';
export { proCurve, type ProCurve } from './pro-curve.js';
export { auPro, type FprCurve } from './au-pro.js';
export { equidistantProCurve } from './equidistant-pro-curve.js';
export {
  createPixelEvaluation,
  pixelMetrics,
  type PixelEvaluation,
  type PixelMetrics,
  type PixelMetricsOptions,
} from './pixel-metrics.js';
export type { Scores } from './scores.js';
