import type { PyramidConfig } from '../stfpm/pyramid-config.js';
import { stfpmSystem } from '../stfpm/stfpm-system.js';

/** A configuration that trains in seconds, on `cpu` in minutes, and long enough not to be taken for collapsed. */
export function tinyStfpmConfig(...overrides: readonly unknown[]): PyramidConfig {
  return stfpmSystem.resolve(
    'smoke',
    { imageSize: [16, 16], backbone: { levels: ['layer1', 'layer2'] }, epochs: 16, batch: 2, optimizer: { learningRate: 0.1 }, map: { size: 4 }, score: { maxSize: 16 } },
    ...overrides,
  );
}
