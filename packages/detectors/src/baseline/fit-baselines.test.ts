import type { Modality } from '@blemish/depth';
import ndarray from 'ndarray';
import { samplesSource } from '../samples-source.js';
import { blockSample, blockSource } from '../testing/tiny-parts.js';
import { baselineNames } from './create-baseline.js';
import { fitBaselines, type BaselineScore, type FittedBaselines } from './fit-baselines.js';

const size = 40; // the blocks' own: maps come as they were compared
const good = blockSource(6);
const fit = (modality: Modality): Promise<FittedBaselines> => fitBaselines(good, { modality, size });
const scoreOf = (scores: readonly BaselineScore[], name: string): BaselineScore => scores.find(({ baseline }) => baseline === name) as BaselineScore;

/** A map's mean over the middle of where the dent is. */
function overDent(map: BaselineScore['map']): number {
  let sum = 0;
  for (let y = 12; y < 18; y++) for (let x = 12; x < 18; x++) sum += map.get(y, x);
  return sum / 36;
}

it('gives every baseline’s map and scores, by either reduction', async () => {
  const scores = (await fit('depth')).score(blockSample(9, { dent: true }));
  expect(scores.map(({ baseline }) => baseline)).toEqual(baselineNames);
  for (const { map, scores: own } of scores) {
    expect(map.shape).toEqual([size, size]);
    expect(own.max).toBeCloseTo(Math.max(...map.data), 4);
    expect(own.mean).toBeCloseTo(map.data.reduce((sum, value) => sum + value, 0) / size ** 2, 4);
  }
});

it('finds in depth a dent that no picture shows, and nothing beside the part', async () => {
  const dented = blockSample(9, { dent: true });
  const fine = blockSample(9);
  const [rgb, depth] = [await fit('rgb'), await fit('depth')];
  for (const name of baselineNames) {
    const { map } = scoreOf(depth.score(dented), name);
    expect(overDent(map)).toBeGreaterThan(5 * overDent(scoreOf(depth.score(fine), name).map));
    expect([0, 5, size - 1].map((corner) => map.get(corner, corner))).toEqual([0, 0, 0]);
    expect(scoreOf(rgb.score(dented), name).scores).toEqual(scoreOf(rgb.score(fine), name).scores);
  }
});

it('adds the maps of image and depth, each over the mean difference that good samples have', async () => {
  const [rgb, depth, both] = [await fit('rgb'), await fit('depth'), await fit('rgb+depth')];
  const typical = async (one: FittedBaselines): Promise<number> => {
    let sum = 0;
    for (let i = 0; i < good.length; i++) sum += scoreOf(one.score(await good.load(i)), 'mean difference').scores.mean;
    return sum / good.length;
  };
  const [perLevel, perCentimetre] = [await typical(rgb), await typical(depth)];
  const sample = blockSample(11, { dent: true });
  for (const name of baselineNames) {
    const [a, b, sum] = [rgb, depth, both].map((one) => scoreOf(one.score(sample), name).map.data) as [Float32Array, Float32Array, Float32Array];
    sum.forEach((value, p) => expect(value).toBeCloseTo((a[p] as number) / perLevel + (b[p] as number) / perCentimetre, 3));
  }
});

it('compares at the size asked for and returns maps in the sample’s own', async () => {
  const fitted = await fitBaselines(good, { modality: 'rgb+depth', size: 20 });
  const [first] = fitted.score({ ...blockSample(9), size: [30, 50] });
  expect(first?.map.shape).toEqual([30, 50]);
});

it('tells how far it is, twice over the samples where two maps are weighed, and can be stopped', async () => {
  for (const [modality, total] of [['depth', 6], ['rgb+depth', 12]] as const) {
    const seen: string[] = [];
    await fitBaselines(good, { modality, size: 20, onProgress: (done, all) => void seen.push(`${done}/${all}`) });
    expect(seen).toEqual(Array.from({ length: total }, (_, i) => `${i + 1}/${total}`));
  }
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(fitBaselines(good, { modality: 'rgb', size: 20, signal: stopped })).rejects.toThrow('stopped');
});

it('names a sample that it cannot compare', async () => {
  const { depth, ...flat } = blockSample(1);
  expect(depth).toBeDefined();
  await expect(fitBaselines(samplesSource([flat]), { modality: 'depth', size })).rejects.toThrow('good/1: expected a depth map, got none');
  const empty = { ...flat, depth: ndarray(new Float32Array(size * size), [size, size]) };
  await expect(fitBaselines(samplesSource([empty]), { modality: 'depth', size })).rejects.toThrow(/^good\/1: /);
  const { image, ...bare } = empty;
  expect(image).toBeDefined();
  await expect(fitBaselines(samplesSource([bare]), { modality: 'rgb', size })).rejects.toThrow('good/1: expected an image, got none');
  await expect(fitBaselines(samplesSource([]), { modality: 'rgb', size })).rejects.toThrow('expected good images to compare with, got none');
});
