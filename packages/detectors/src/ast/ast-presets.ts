import { depthDefaults, usesDepth, usesImage, type Modality } from '@blemish/depth';
import type { ResNetLevel } from '@blemish/features';
import type { AstConfig, DepthConfig } from './ast-config.js';

/** Names of the presets of AST. */
export const astPresetNames = ['smoke', 'smoke-3d', 'quick', 'quick-3d', 'quick-heights', 'paper-rgb', 'paper-3d'] as const;

/** Name of a preset of AST. */
export type AstPreset = (typeof astPresetNames)[number];

/** Settings for every modality; the one that is chosen leaves out what it does not look at. */
type Settings = Omit<AstConfig, 'backbone' | 'depth'> & {
  readonly backbone: NonNullable<AstConfig['backbone']>;
  readonly depth: DepthConfig;
};

/** The released code's settings for MVTec 3D-AD (Rudolph et al., WACV 2023, section 4). */
const paper3d: Settings = {
  kind: 'ast',
  preset: 'paper-3d',
  seed: 0,
  modality: 'rgb+depth',
  imageSize: [768, 768], // 24 x 24 positions at stride 32
  backbone: { name: 'efficientnet-b5', tap: 35, padding: 'same', weights: 'pretrained' }, // end of stage 6: 304 channels
  depth: { ...depthDefaults, mask: true }, // the released code's recipe: 24 x 24 positions of 64 channels
  positionalChannels: 32,
  teacher: { kernels: [3, 3, 3, 5], hidden: 64, clamp: 1.9, permutations: 'official', epochs: 72 },
  student: { blocks: 4, hidden: 1024, slope: 0.01, epochs: 72 }, // the code's slope; the paper prints 0.2
  optimizer: { learningRate: 2e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, l2: 1e-5 },
  batch: 8, // the code's; the paper is silent
  distance: 'mean', // the code's; the paper prints a sum
  score: { reduction: 'mean', maxSize: 192, of: 'distance', masking: 'foreground' }, // of images alone; see astPreset
  falseAlarms: 0.05,
};

/**
 * What a scan from a shop floor wants that a data set prepared by hand does not: gaps up to its border, a tilted table. And
 * millimetres: in centimetres the sensor's noise and shallow defects stand at a hundredth and a tenth, far below the
 * variance 1 that the teacher maps them to, and it takes most of a short training to scale them up.
 */
const robustDepth: DepthConfig = { ...paper3d.depth, fill: 'full', background: 'border', level: true, fillHoles: true, scale: 1000 };

const quick: Settings = {
  ...paper3d,
  preset: 'quick',
  modality: 'rgb',
  backbone: { ...paper3d.backbone, name: 'efficientnet-b4', tap: 29 }, // B4's end of stage 6: 272 channels
  depth: robustDepth,
  teacher: { ...paper3d.teacher, epochs: 24 },
  student: { ...paper3d.student, hidden: 256, epochs: 16 },
};

const smoke: Settings = {
  ...paper3d,
  preset: 'smoke',
  modality: 'rgb',
  imageSize: [128, 128],
  backbone: { name: 'efficientnet-b0', tap: 4, padding: 'same', weights: 'random' }, // 40 channels at stride 8
  depth: { ...robustDepth, size: 128, dilate: 6 }, // 16 x 16 positions of 64 channels
  positionalChannels: 8,
  teacher: { ...paper3d.teacher, kernels: [3, 3], hidden: 32, epochs: 24 },
  student: { ...paper3d.student, blocks: 2, hidden: 64, epochs: 24 },
  optimizer: { ...paper3d.optimizer, learningRate: 2e-3 }, // few steps: ten times the rate
  batch: 4,
  score: { ...paper3d.score, reduction: 'max', maxSize: 64 }, // small defects on large parts
};

const smoke3d: Settings = {
  ...smoke,
  preset: 'smoke-3d',
  modality: 'depth',
  teacher: { ...smoke.teacher, epochs: 30 },
  student: { ...smoke.student, epochs: 30 },
  optimizer: { ...smoke.optimizer, learningRate: 4e-3 }, // depth alone stays stable at it
};

const settings: Readonly<Record<AstPreset, Settings>> = {
  'paper-3d': paper3d,
  /** The paper's settings for MVTec AD. */
  'paper-rgb': {
    ...paper3d,
    preset: 'paper-rgb',
    modality: 'rgb',
    teacher: { ...paper3d.teacher, hidden: 1024, clamp: 3, epochs: 240 },
    student: { ...paper3d.student, epochs: 240 },
  },
  /** For two CPU cores: a smaller backbone and student, a third of the epochs. */
  quick,
  /**
   * For parts that were scanned. A tap at stride 16 sees small defects and costs a tenth of the features, and data sets with scans are
   * small: some hundred steps want ten times the paper's rate (at twice that the flow diverged on colour).
   */
  'quick-3d': {
    ...quick,
    preset: 'quick-3d',
    modality: 'rgb+depth',
    imageSize: [384, 384],
    backbone: { ...quick.backbone, tap: 15 }, // end of stage 4: 112 channels, 24 x 24 positions
    teacher: { ...quick.teacher, epochs: 48 },
    student: { ...quick.student, epochs: 24 },
    optimizer: { ...quick.optimizer, learningRate: 2e-3 },
  },
  /**
   * For height maps without a table around the part, such as a laser line's: what was measured is the part. A small network and three times the
   * epochs, since such sets hold some dozen maps. Gaps wider than three pixels stay, at the part's mean.
   */
  'quick-heights': {
    ...smoke3d,
    preset: 'quick-heights',
    depth: { ...smoke3d.depth, background: 'none', level: false, fill: 'official', fillHoles: false },
    teacher: { ...smoke3d.teacher, epochs: 90 },
    student: { ...smoke3d.student, epochs: 90 },
  },
  /** A minute at most on any backend, with no download: for CI and a first look. */
  smoke,
  /** The same on depth maps alone, which need no backbone: nothing in it is left untrained. */
  'smoke-3d': smoke3d,
};

/** What of a preset the bundled backbone changes. */
interface BundledSettings {
  readonly imageSize?: AstConfig['imageSize'];
  readonly backbone: { readonly tap: ResNetLevel };
  readonly teacher?: { readonly epochs: number };
  readonly student?: { readonly epochs: number };
}

/**
 * What presets look at through the bundled backbone: strides of 16 at the side that suits it, or of 8 where little is to be
 * computed. Those that are not named keep their own.
 */
export const bundledSettings: Readonly<Record<string, BundledSettings>> = {
  quick: { imageSize: [512, 512], backbone: { tap: 'layer3' } },
  'quick-3d': { backbone: { tap: 'layer3' } },
  smoke: { backbone: { tap: 'layer2' } },
  'smoke-3d': { imageSize: [256, 256], backbone: { tap: 'layer3' }, teacher: { epochs: 20 }, student: { epochs: 20 } }, // each step costs three times depth's; the rate of depth alone held in every trial
  'quick-heights': { imageSize: [256, 256], backbone: { tap: 'layer3' } },
};

/**
 * A preset's settings, with seed 0.
 *
 * @param modality default: the preset's own
 */
export function astPreset(name: AstPreset, modality: Modality = settings[name].modality): AstConfig {
  const { backbone, depth, score, ...rest } = settings[name];
  return {
    ...rest,
    modality,
    backbone: usesImage(modality) ? backbone : null,
    depth: usesDepth(modality) ? depth : null,
    score: usesDepth(modality) ? { ...score, reduction: 'max' } : score, // the paper: the maximum where there is a foreground
  };
}
