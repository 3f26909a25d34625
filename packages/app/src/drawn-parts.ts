import { join } from 'node:path';
import { writeSyntheticDataset } from '@blemish/datasets';
import type { DatasetOptions } from './dataset-options.js';
import type { Terminal } from './terminal.js';

/** Parts that preset `smoke` draws itself where it is given no images: enough for a first look, in a few seconds. */
const parts = { train: 24, testGood: 8, testDefective: 12, size: 160 } as const;

/** Draws a small data set below `out`, from the seed. */
export async function drawnParts(out: string, seed: number, terminal: Terminal): Promise<DatasetOptions> {
  const root = join(out, `drawn-parts-seed${seed}`);
  await writeSyntheticDataset(root, { seed, ...parts });
  terminal.note(`images: drew ${parts.train} good parts to train on and ${parts.testGood + parts.testDefective} to test on in ${root}`);
  terminal.note('this preset uses a seeded random backbone: it shows the way, not what AST can do');
  return { data: root, category: 'parts' };
}
