import { blockTable } from './block-table.js';
import { lastBlockOfStage } from './last-block-of-stage.js';
import { scalings, type EfficientNetVariant } from './scaling.js';

const variants = Object.keys(scalings) as EfficientNetVariant[];

it('finds the blocks that AST taps', () => {
  expect(variants.map((variant) => lastBlockOfStage(variant, 6))).toEqual([14, 20, 20, 23, 29, 35, 41, 50]);
});

it('counts the seven stages of B0 as published', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((stage) => lastBlockOfStage('b0', stage))).toEqual([0, 2, 4, 7, 10, 14, 15]);
});

it.each(variants)('%s: seven stages, the last one ending the network', (variant) => {
  expect(lastBlockOfStage(variant, 7)).toBe(blockTable(variant).blocks.length - 1);
  expect(() => lastBlockOfStage(variant, 8)).toThrow('stage of EfficientNet: expected 1 to 7, got 8');
});

it.each([0, 1.5, NaN])('refuses stage %s', (stage) => {
  expect(() => lastBlockOfStage('b0', stage)).toThrow(`expected 1 to 7, got ${stage}`);
});
