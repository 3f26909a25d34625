import type { PyramidSettings } from './pyramid-config.js';

/** Wang et al., BMVC 2021, section 4.1; the rate fits the loss without 1/2 that the authors' program has. */
const paper: PyramidSettings = {
  seed: 0,
  modality: 'rgb',
  imageSize: [256, 256],
  backbone: { name: 'resnet18', levels: ['layer1', 'layer2', 'layer3'], weights: 'pretrained' },
  loss: 'released',
  epochs: 100,
  batch: 32,
  optimizer: { learningRate: 0.4, momentum: 0.9, l2: 1e-4 },
  selection: { heldOut: 0.2 },
  map: { size: 64, fusion: 'product' },
  score: { reduction: 'max', maxSize: 256 },
  falseAlarms: 0.05,
};

/** Settings of STFPM by preset, for systems of the same kind as well. */
export const stfpmPresets: Readonly<Record<'smoke' | 'quick' | 'paper', PyramidSettings>> = {
  /** A minute at most on any backend, with no download: for CI and a first look. Its random teacher shows the way, not what STFPM can do. */
  smoke: {
    ...paper,
    imageSize: [64, 64],
    backbone: { ...paper.backbone, levels: ['layer1', 'layer2'], weights: 'random' },
    epochs: 10,
    batch: 8,
    selection: 'last',
    map: { ...paper.map, size: 16 },
    score: { ...paper.score, maxSize: 64 },
  },
  /** For two CPU cores: the loss falls by 1 % an epoch at the end, and every image trains. */
  quick: { ...paper, epochs: 40, selection: 'last' },
  paper,
};
