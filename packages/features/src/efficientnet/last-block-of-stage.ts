import { blockTable } from './block-table.js';
import type { EfficientNetVariant } from './scaling.js';

/**
 * Index of the last block of a stage: stages are counted from 1 to 7, as the paper's table does without its stem, and
 * each begins where the channels change. AST taps the end of stage 6 (block 29 of B4, 35 of B5).
 *
 * @throws Error for a stage that there is not
 */
export function lastBlockOfStage(variant: EfficientNetVariant, stage: number): number {
  const { blocks } = blockTable(variant);
  const starts = blocks.filter(({ input, output }) => input !== output).map(({ index }) => index);
  if (!Number.isInteger(stage) || stage < 1 || stage > starts.length) {
    throw new Error(`stage of EfficientNet: expected 1 to ${starts.length}, got ${stage}`);
  }
  return (starts[stage] ?? blocks.length) - 1;
}
