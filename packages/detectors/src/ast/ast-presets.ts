import type { AstConfig } from './ast-config.js';

/** Names of the presets of AST. */
export const astPresetNames = ['smoke', 'quick', 'paper-rgb', 'paper-3d'] as const;

/** Name of a preset of AST. */
export type AstPreset = (typeof astPresetNames)[number];

/** The released code's settings for MVTec 3D-AD (Rudolph et al., WACV 2023, section 4), on RGB. */
const paper3d: AstConfig = {
  kind: 'ast',
  preset: 'paper-3d',
  seed: 0,
  imageSize: [768, 768], // 24 x 24 positions at stride 32
  backbone: { name: 'efficientnet-b5', tap: 35, padding: 'same', weights: 'pretrained' }, // end of stage 6: 304 channels
  positionalChannels: 32,
  teacher: { kernels: [3, 3, 3, 5], hidden: 64, clamp: 1.9, permutations: 'official', epochs: 72 },
  student: { blocks: 4, hidden: 1024, slope: 0.01, epochs: 72 }, // the code's slope; the paper prints 0.2
  optimizer: { learningRate: 2e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, l2: 1e-5 },
  batch: 8, // the code's; the paper is silent
  distance: 'mean', // the code's; the paper prints a sum
  score: { reduction: 'mean', maxSize: 192 }, // the paper: mean where there is no foreground mask
  falseAlarms: 0.05,
};

/** The settings of each preset, with seed 0. */
export const astPresets: Readonly<Record<AstPreset, AstConfig>> = {
  'paper-3d': paper3d,
  /** The paper's settings for MVTec AD. */
  'paper-rgb': {
    ...paper3d,
    preset: 'paper-rgb',
    teacher: { ...paper3d.teacher, hidden: 1024, clamp: 3, epochs: 240 },
    student: { ...paper3d.student, epochs: 240 },
  },
  /** For two CPU cores: a smaller backbone and student, a third of the epochs. */
  quick: {
    ...paper3d,
    preset: 'quick',
    backbone: { ...paper3d.backbone, name: 'efficientnet-b4', tap: 29 }, // B4's end of stage 6: 272 channels
    teacher: { ...paper3d.teacher, epochs: 24 },
    student: { ...paper3d.student, hidden: 256, epochs: 16 },
  },
  /** A minute at most on any backend, with no download: for CI and a first look. */
  smoke: {
    ...paper3d,
    preset: 'smoke',
    imageSize: [128, 128],
    backbone: { name: 'efficientnet-b0', tap: 4, padding: 'same', weights: 'random' }, // 40 channels at stride 8
    positionalChannels: 8,
    teacher: { ...paper3d.teacher, kernels: [3, 3], hidden: 32, epochs: 24 },
    student: { ...paper3d.student, blocks: 2, hidden: 64, epochs: 24 },
    optimizer: { ...paper3d.optimizer, learningRate: 2e-3 }, // few steps: ten times the rate
    batch: 4,
    score: { reduction: 'max', maxSize: 64 }, // small defects on large parts
  },
};
