import { createChecklist } from './checklist.mjs';
import { settings, shows } from './synthetic-plan.mjs';
import { checkSynthetic, overSeeds, syntheticReport, type SyntheticRun } from './synthetic-report.mjs';

const run = (more: Partial<SyntheticRun>): SyntheticRun => ({
  seed: 0, part: 'gear', modality: 'rgb', image_AUROC: 0.5, pixel_AUROC: 0.5, AUPRO: 0.5, image_AUROC_by_defect: {}, seconds: { teacher: 3, student: 4 }, commit: 'abc', command: 'train', ...more,
});
const each = (kinds: readonly string[], value: number) => Object.fromEntries(kinds.map((kind) => [kind, value]));
const fine = [
  run({ modality: 'rgb', image_AUROC: 0.7, AUPRO: 0.7, image_AUROC_by_defect: { ...each(shows.colour, 0.9), ...each(shows.depth, 0.5) } }),
  run({ modality: 'depth', image_AUROC: 0.8, AUPRO: 0.6, image_AUROC_by_defect: { ...each(shows.colour, 0.5), ...each(shows.depth, 0.9) } }),
  run({ modality: 'rgb+depth', image_AUROC: 0.9, AUPRO: 0.8 }),
];

/** Prints of a check. */
function checked(runs: readonly SyntheticRun[]): string[] {
  const lines: string[] = [];
  checkSynthetic(runs, createChecklist((line) => lines.push(line)));
  return lines;
}

describe('overSeeds', () => {
  it('is the mean over parts, then over seeds, and the deviation of the seeds', () => {
    const runs = [run({ AUPRO: 0.2 }), run({ part: 'plate', AUPRO: 0.4 }), run({ seed: 1, AUPRO: 0.6 }), run({ seed: 1, part: 'plate', AUPRO: 0.4 })];
    const { mean, deviation } = overSeeds(runs, ({ AUPRO }) => AUPRO);
    expect(mean).toBeCloseTo(0.4, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(2 * 0.1 ** 2), 12);
    expect(overSeeds(runs.slice(0, 2), ({ AUPRO }) => AUPRO).deviation).toBeUndefined();
  });
});

describe('checkSynthetic', () => {
  it('holds where both beat either and each sees its own', () => {
    const lines = checked(fine);
    expect(lines).toHaveLength(2 + shows.colour.length + shows.depth.length);
    expect(lines.every((line) => line.startsWith('ok'))).toBe(true);
  });

  it('fails where colour sees a dent, or both fall behind one', () => {
    const [rgb, depth, both] = fine as [SyntheticRun, SyntheticRun, SyntheticRun];
    const seen = { ...rgb, image_AUROC_by_defect: { ...rgb.image_AUROC_by_defect, dent: 0.95 } };
    expect(checked([seen, depth, both]).filter((line) => line.startsWith('FAILED'))).toEqual(['FAILED dent: found by depth (at least 80 %), not by rgb (below 60 %): 90.0, 95.0']);
    expect(checked([rgb, depth, { ...both, image_AUROC: 0.75 }]).filter((line) => line.startsWith('FAILED'))).toEqual(['FAILED image_AUROC: rgb+depth beats rgb and depth: 75.0 against 70.0 and 80.0']);
  });
});

it('says percent, by mode and by part, with the ablation beside the whole model', () => {
  const report = syntheticReport({ runs: [...fine, run({ modality: 'rgb+depth', ablation: 'mask', image_AUROC: 0.85 })], baselines: [], origin: 'Here.' });
  expect(report).toContain('| AST, rgb+depth | 90.0 | 80.0 |');
  expect(report).toContain('| gear: AST, depth | 80.0 | 60.0 |');
  expect(report).toContain('| rgb+depth: as above | 90.0 |');
  expect(report).toContain('| rgb+depth: without the mask | 85.0 |');
});

it('leaves no setting of one modality to another', () => {
  expect(settings('depth')).not.toHaveProperty('imageSize');
  expect(settings('rgb')).not.toHaveProperty('depth');
  expect(settings('rgb+depth', 'mask').depth).toMatchObject({ mask: false });
});
