export type { FeatureStore, Sample, SampleSource, Size } from './sample.js';
export type {
  Detector,
  EpochLoss,
  FitOptions,
  FitPhase,
  FitProgress,
  FitReport,
  HeatScale,
  ModelBytesOptions,
  ModelSource,
  ScoredSample,
  ScoreOptions,
  ScoreReduction,
  ScoreSourceOptions,
  Threshold,
} from './detector.js';
export type { Crew, Helper, HelperJob, HelperParts, Helpers } from './helpers.js';
export { modalities, usesDepth, usesImage, type Modality } from '@blemish/depth';
export { createHelper } from './create-helper.js';
export { createMemoryStore, type MemoryStoreOptions } from './memory-store.js';
export { contentHash } from './content-hash.js';
export { astConfigSchema, type AstConfig, type DepthConfig } from './ast/ast-config.js';
export { astPreset, astPresetNames, type AstPreset } from './ast/ast-presets.js';
export { resolveAstConfig } from './ast/resolve-ast-config.js';
export type { AstOptions } from './ast/prepare-ast.js';
export { createAst, importAst, loadAst, type OfficialAst } from './ast/create-ast.js';
export type { LoadOptions } from './frame/load-detector-parts.js';
export type { CreateOptions, DetectorSystem, SystemConfig, TeacherFile } from './system.js';
export { findSystem, loadDetector, modelFacts, systemNames, type ModelFacts } from './systems.js';
export type { PyramidConfig, PyramidSettings } from './stfpm/pyramid-config.js';
export type { PyramidBatch, PyramidLearner, PyramidTeacher } from './stfpm/pyramid-learner.js';
export { createPyramidSystem, type PyramidSystemPlan } from './stfpm/pyramid-system.js';
export { stfpmPresets } from './stfpm/stfpm-presets.js';
export { stfpmSystem } from './stfpm/stfpm-system.js';
export { uninformedConfigSchema, type UninformedConfig } from './uninformed-students/uninformed-config.js';
export { resolveUninformedConfig, uninformedPresetNames } from './uninformed-students/uninformed-presets.js';
export type { Baseline, BaselineOptions } from './baseline/baseline.js';
export { baselineNames, type BaselineName } from './baseline/create-baseline.js';
export { comparedDepth } from './baseline/compared-parts.js';
export { fitBaselines, type BaselineScore, type FitBaselinesOptions, type FittedBaselines } from './baseline/fit-baselines.js';
export { createMeanDifference } from './baseline/mean-difference.js';
export { createNearestNeighbour, type NearestNeighbourOptions } from './baseline/nearest-neighbour.js';
export { pyramidDistilSchema, type PyramidDistilConfig } from './distil-pyramid/pyramid-distil-config.js';
export { resolvePyramidDistilConfig, type PyramidDistilSettings } from './distil-pyramid/resolve-pyramid-distil-config.js';
export { distilPyramid, type DistilledPyramid, type PyramidDistilOptions } from './distil-pyramid/distil-pyramid.js';
export { distilConfigSchema, type DistilConfig } from './distil/distil-config.js';
export { resolveDistilConfig, type DistilSettings } from './distil/resolve-distil-config.js';
export { distilDescriptor, stepsPerRecord, type Distilled, type DistilOptions, type DistilProgress } from './distil/distil-descriptor.js';
export { lossTerms, type LossRecord, type LossTerm, type LossValues } from './distil/loss-record.js';
