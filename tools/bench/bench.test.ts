import { compareOutputs } from './lib/compare-outputs.mjs';
import { loadWarning } from './lib/machine.mjs';
import { networkFlops, paperSettings, quickSettings } from './lib/networks.mjs';
import { selectCases } from './lib/select-cases.mjs';
import { median, timing } from './lib/statistics.mjs';
import { mergeVersions } from './lib/versions.mjs';

describe('statistics', () => {
  it('takes the middle, or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('expected at least one value');
  });

  it('counts operations a second by the median', () => {
    expect(timing([2, 1, 4], { flops: 6e9 })).toMatchObject({ median: 2, minimum: 1, gflops: 3, peakBytes: undefined });
    expect(timing([2]).gflops).toBeUndefined();
  });
});

describe('choosing cases', () => {
  const cases = [
    { name: 'student 256', group: 'student' },
    { name: 'student 1024', group: 'student' },
    { name: 'score 1', group: 'score' },
  ];
  const names = (...asked: string[]): string[] => selectCases(cases, asked).map(({ name }) => name);

  it('takes names, groups, or all', () => {
    expect(names()).toHaveLength(3);
    expect(names('student')).toEqual(['student 256', 'student 1024']);
    expect(names('score', 'student 256')).toEqual(['student 256', 'score 1']);
  });

  it('names what is neither', () => {
    expect(() => names('student', 'nothing')).toThrow("--only: expected a case or one of the groups student, score, got 'nothing'");
  });
});

describe('comparing outputs', () => {
  const outputs = (entries: Record<string, number[]>) =>
    new Map(Object.entries(entries).map(([name, data]) => [name, { shape: [data.length], data: Float32Array.from(data) }]));
  const any = [{ prefix: '', tolerance: 0.01 }];

  it('measures errors by the largest value, the root mean square, or as they are', () => {
    const [ours, peer] = [outputs({ y: [1, 4.5] }), outputs({ y: [1, 4] })];
    const error = (of: 'max' | 'rms' | 'absolute', floor = 0): number =>
      compareOutputs(ours, peer, [{ prefix: 'y', tolerance: 1, of, floor }])['y'] as number;
    expect(error('max')).toBeCloseTo(0.5 / 4);
    expect(error('max', 10)).toBeCloseTo(0.5 / 10);
    expect(error('rms')).toBeCloseTo(0.5 / Math.sqrt(17));
    expect(error('absolute')).toBeCloseTo(0.5);
  });

  it('refuses what is too far off, and NaN on either side', () => {
    expect(() => compareOutputs(outputs({ y: [1.1] }), outputs({ y: [1] }), any)).toThrow("outputs: 'y' differs by 1.0e-1 (max), more than 0.01");
    expect(() => compareOutputs(outputs({ y: [NaN] }), outputs({ y: [NaN] }), any)).toThrow("outputs: 'y' differs by NaN");
    expect(() => compareOutputs(outputs({ y: [NaN, 1] }), outputs({ y: [0, 1] }), any)).toThrow('NaN');
  });

  it('refuses an output that one side lacks, another shape, and one without a rule', () => {
    expect(() => compareOutputs(outputs({}), outputs({}), any)).toThrow('expected at least one');
    expect(() => compareOutputs(outputs({ y: [1] }), outputs({}), any)).toThrow("'y' is ours alone");
    expect(() => compareOutputs(outputs({ y: [1] }), outputs({ y: [1], z: [1] }), any)).toThrow("'z' is the peer's alone");
    expect(() => compareOutputs(outputs({ y: [1] }), outputs({ y: [1, 1] }), any)).toThrow("'y' is [1] here and [2] there");
    expect(() => compareOutputs(outputs({ y: [1] }), outputs({ y: [1] }), [])).toThrow("no rule for 'y'");
  });

  it('takes the first rule that fits', () => {
    const rules = [{ prefix: 'grad/', tolerance: 1 }, ...any];
    expect(compareOutputs(outputs({ 'grad/w': [2], y: [1] }), outputs({ 'grad/w': [1.5], y: [1] }), rules)).toEqual({ 'grad/': 0.5 / 1.5, '': 0 });
  });
});

it('counts the convolutions of the networks', () => {
  // One 3x3 convolution from 1024 to 1024 channels on 8x24x24 positions is 87 GFLOP.
  const inner = 2 * 9 * 1024 * 1024 * 8 * 576;
  const student = networkFlops(quickSettings({ part: 'student' }));
  expect(student / (3 * 8 * inner)).toBeGreaterThan(1);
  expect(student / (3 * 8 * inner)).toBeLessThan(1.1);
  expect(networkFlops(paperSettings({ part: 'score', batch: 8 })) / networkFlops(paperSettings({ part: 'score', batch: 1 }))).toBe(8);
  const teacher = quickSettings({ part: 'teacher', teacher: { hidden: 2, clamp: 1, kernels: [3] }, channels: 4, conditionChannels: 1, positions: 1, batch: 1 });
  expect(networkFlops(teacher)).toBe(3 * 2 * (2 * 9 * (3 * 2 + 2 * 4)));
});

it('warns of other programs', () => {
  expect(loadWarning(0.05)).toBeUndefined();
  expect(loadWarning(undefined)).toBeUndefined();
  expect(loadWarning(1.24)).toContain('keep 1.2 cores busy');
});

it('keeps both versions where two sides differ', () => {
  const versions = { node: 'v20' };
  mergeVersions(versions, { PyTorch: '2', node: 'v20' }, undefined, { PyTorch: '3' });
  expect(versions).toEqual({ node: 'v20', PyTorch: '2 / 3' });
});
