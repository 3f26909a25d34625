import { compareRun, type ReferenceRun } from './compare-run.mjs';
import { lossTable, meanMetrics, metricsTable, secondsTable } from './comparison-report.mjs';
import type { RunNumbers } from './run-folder.mjs';

const reference: ReferenceRun & Record<string, unknown> = {
  seed: 1,
  n_train: 8,
  n_test: 3,
  image_AUROC_mean: 0.9,
  image_AUROC_max_192: 0.8,
  pixel_AUROC_256: 0.95,
  AUPRO_256: 0.7,
  teacher_loss_by_epoch: [10, 5],
  student_loss_by_epoch: [1],
  seconds: { teacher: 20, student: 30 },
  image_score_mean: { 'test/a/0.jpg': 3, 'test/a/1.jpg': 2, 'test/good/0.jpg': 1 },
};

const run: RunNumbers = {
  metrics: { image_AUROC: 0.91, image_AUROC_max: 0.81, pixel_AUROC: 0.96, AUPRO: 0.71, map_size: 256 },
  scores: new Map([
    ['test/good/0.jpg', 0.1],
    ['test/a/0.jpg', 0.3],
    ['test/a/1.jpg', 0.05],
  ]),
  losses: { teacher: [11, 6], student: [1.5] },
  seconds: { features: 1, teacher: 2, 'teacher outputs': 3, student: 4 },
  training: {},
};

describe('compareRun', () => {
  const comparison = compareRun(run, reference);

  it('pairs metrics and losses with the reference’s', () => {
    expect(comparison.metrics['AUPRO']).toEqual({ ours: 0.71, reference: 0.7 });
    expect(comparison.losses.teacher).toEqual([
      { ours: 11, reference: 10 },
      { ours: 6, reference: 5 },
    ]);
  });

  it('matches scores by image, not by their order in the file', () => {
    expect(comparison.rankCorrelation).toBeCloseTo(0.5, 12); // ranks 3 1 2 against 3 2 1
  });

  it('refuses scores of other images', () => {
    const scores = new Map([...run.scores].slice(1));
    expect(() => compareRun({ ...run, scores }, reference)).toThrow("expected the reference's 3 images, got 2, test/good/0.jpg is not among");
  });

  it('refuses a metric that is not there', () => {
    expect(() => compareRun({ ...run, metrics: {} }, reference)).toThrow('expected a number for image_AUROC');
  });

  it('is laid out in tables', () => {
    const second = { ...comparison, seed: 2, rankCorrelation: 1 };
    expect(meanMetrics([comparison, second])['AUPRO']?.ours).toBeCloseTo(0.71, 12);
    expect(metricsTable([comparison, second]).split('\n').at(-1)).toBe(
      '| mean | 0.9100 / 0.9000 | 0.8100 / 0.8000 | 0.9600 / 0.9500 | 0.7100 / 0.7000 | 0.7500 |',
    );
    expect(lossTable([comparison], 'teacher').split('\n').slice(2)).toEqual(['| 1 | 11.0 / 10.0 |', '| 2 | 6.0 / 5.0 |']);
    expect(secondsTable([comparison], 9).split('\n').at(-1)).toBe('| 1 | 1.0 / 9.0 | 2.0 / 20.0 | 3.0 | 4.0 | 7.0 / 30.0 |');
  });
});
