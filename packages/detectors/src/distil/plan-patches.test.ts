import { createRandom } from '@blemish/layers';
import { planPatches, type PatchSettings } from './plan-patches.js';

const settings: PatchSettings = { receptiveField: 33, batch: 50, grayProbability: 0.1, minScale: 4, maxScale: 16 };
const steps = Array.from({ length: 40 }, (_, step) => planPatches(settings, 7, createRandom(1).derive(step)));
const patches = steps.flat();

it('takes patches within squares of 4 to 16 receptive fields, over their whole range', () => {
  for (const { crop } of patches) {
    expect(crop.size).toBe(33);
    for (const start of [crop.top, crop.left]) expect(start >= 0 && start <= crop.side - 33).toBe(true);
  }
  const sides = patches.map(({ crop }) => crop.side);
  expect(Math.min(...sides)).toBeGreaterThanOrEqual(132);
  expect(Math.min(...sides)).toBeLessThan(140);
  expect(Math.max(...sides)).toBeLessThanOrEqual(528);
  expect(Math.max(...sides)).toBeGreaterThan(520);
  expect(new Set(patches.map(({ image }) => image)).size).toBe(7);
});

it('makes a tenth of them gray', () => {
  const share = patches.filter(({ gray }) => gray).length / patches.length;
  expect(share).toBeGreaterThan(0.07);
  expect(share).toBeLessThan(0.13);
});

it('takes positives up to a quarter of the field away, in the same square', () => {
  const shifts = patches.flatMap(({ crop, near }) => [near.top - crop.top, near.left - crop.left]);
  expect(Math.min(...shifts)).toBe(-8);
  expect(Math.max(...shifts)).toBe(8);
  for (const { crop, near } of patches) {
    expect(near.side).toBe(crop.side);
    for (const start of [near.top, near.left]) expect(start >= 0 && start <= crop.side - 33).toBe(true);
  }
});

it('takes negatives from other images', () => {
  for (const plans of steps) for (const { image, other } of plans) expect(plans[other]?.image).not.toBe(image);
  const two = planPatches({ ...settings, batch: 2 }, 2, createRandom(3));
  expect(two.map(({ other }) => other)).toEqual([1, 0]);
  expect(planPatches(settings, 1, createRandom(1)).every(({ other }) => other === -1)).toBe(true);
});

it('knows a step by seed and number alone', () => {
  expect(planPatches(settings, 7, createRandom(1).derive(3))).toEqual(steps[3]);
  expect(planPatches(settings, 7, createRandom(2).derive(3))).not.toEqual(steps[3]);
});
