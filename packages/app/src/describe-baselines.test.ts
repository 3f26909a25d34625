import { describeBaselines, type BaselineRow } from './describe-baselines.js';

const row: BaselineRow = {
  ...{ category: 'gear', modality: 'depth', baseline: 'nearest pixel', reduction: 'max', missing: {} },
  ...{ values: { image_AUROC: 0.72449, AUPRO: 0.5 }, byDefect: { dent: 1, hole: 0.125 } },
};

it('is a Markdown table in percent', () => {
  expect(describeBaselines([row]).split('\n')).toEqual([
    '| category | modality | baseline | image AUROC | by | AU-PRO 0.3 | dent | hole |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    '| gear | depth | nearest pixel | 72.4 | max | 50.0 | 100.0 | 12.5 |',
  ]);
});

it('leaves open what could not be measured', () => {
  const [, , line] = describeBaselines([{ ...row, values: {}, byDefect: {} }, row]).split('\n');
  expect(line).toBe('| gear | depth | nearest pixel | - | max | - | - | - |');
});
