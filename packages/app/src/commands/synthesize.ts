import { join } from 'node:path';
import { partDefectNames, partNames, type PartDefect, type PartName } from '@blemish/datasets';
import { drawSyntheticParts } from '../draw-synthetic-parts.js';
import { interruptSignal } from '../interrupt.js';
import { terminalFor, type CommonOptions } from '../start.js';
import { withCleanup } from '../with-cleanup.js';

/** Options of `blemish synthesize`. */
export interface SynthesizeOptions extends CommonOptions {
  readonly out: string;
  readonly seed: number;
  readonly parts?: readonly PartName[];
  readonly defects?: readonly PartDefect[];
  /** Good parts to train on, of each part. */
  readonly count: number;
  readonly validation: number;
  readonly testGood: number;
  readonly testPerDefect: number;
  readonly size: number;
  readonly force?: boolean;
}

/** Draws parts with their clouds and masks, in the layout of MVTec 3D-AD. */
export function runSynthesize(options: SynthesizeOptions): Promise<void> {
  return withCleanup(async (defer) => {
    const { out, seed, parts = partNames, defects = partDefectNames, count: train, validation, testGood, testPerDefect, size, force: replace } = options;
    const terminal = terminalFor(options);
    const signal = interruptSignal('what was drawn is kept, the same command draws it again with the rest', defer);
    await drawSyntheticParts(out, { seed, parts, defects, train, validation, testGood, testPerDefect, size, replace, signal }, terminal);
    const folders = parts.map((part) => join(out, part));
    if (options.json) {
      const categories = parts.map((part, i) => ({ part, folder: folders[i], train, validation, test: { good: testGood, ...Object.fromEntries(defects.map((name) => [name, testPerDefect])) } }));
      terminal.out(JSON.stringify({ out, seed, size, categories }, null, 2));
      return;
    }
    for (const folder of folders) terminal.out(folder);
    const tested = `${testGood} good and ${defects.length * testPerDefect} defective ones to test on`;
    terminal.note(`each: ${train} good parts to train on, ${validation} to validate, ${tested}, ${size} x ${size} pixels, seed ${seed}`);
    terminal.note(`next: blemish train --modality depth --data ${out} --category ${parts[0]}`);
  });
}
