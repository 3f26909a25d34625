import { join } from 'node:path';
import { writeSyntheticDataset } from '@blemish/datasets';
import type { DatasetOptions } from './dataset-options.js';
import { drawingFailure } from './drawing-failure.js';
import type { Terminal } from './terminal.js';

/** Parts that preset `smoke` draws itself where it is given no images: enough for a first look, in a few seconds. */
export const drawnParts = { train: 24, testGood: 8, testDefective: 12, size: 160 } as const;

/** Where the parts of a seed are drawn below `out`. */
export function drawnPartsOptions(out: string, seed: number): DatasetOptions & { readonly data: string } {
  return { data: join(out, `drawn-parts-seed${seed}`), category: 'parts' };
}

/** Draws a small data set below `out`, from the seed. */
export async function drawParts(out: string, seed: number, terminal: Terminal): Promise<void> {
  const { data } = drawnPartsOptions(out, seed);
  try {
    await writeSyntheticDataset(data, { seed, ...drawnParts });
  } catch (cause) {
    throw drawingFailure(data, cause);
  }
  const { train, testGood, testDefective } = drawnParts;
  terminal.note(`images: drew ${train} good parts to train on and ${testGood + testDefective} to test on in ${data}`);
}
