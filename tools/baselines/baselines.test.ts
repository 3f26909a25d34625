import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSyntheticParts } from '@blemish/datasets';
import { measureBaselines } from './measure.mjs';
import { readOptions } from './options.mjs';
import { baselineTable } from './table.mjs';

const data = mkdtempSync(join(tmpdir(), 'blemish-baselines-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

it('measures every baseline, image and pixel, over all kinds and by kind', async () => {
  await writeSyntheticParts(data, { seed: 2, parts: ['plate'], train: 4, validation: 0, testGood: 3, testPerDefect: 2, defects: ['dent', 'stain'], size: 64 });
  for (const modality of ['rgb', 'depth', 'rgb+depth'] as const) {
    const rows = await measureBaselines({ data, category: 'plate', modality, size: 64 });
    expect(rows.map(({ baseline }) => baseline)).toEqual(['mean difference', 'nearest pixel', 'nearest image']);
    for (const row of rows) {
      expect(row).toMatchObject({ category: 'plate', modality, image_AUROC: Math.max(row.image_AUROC_max, row.image_AUROC_mean) });
      expect(Object.keys(row.by_defect).sort()).toEqual(['dent', 'stain']);
      for (const value of [row.image_AUROC_max, row.image_AUROC_mean, row.AUPRO, ...Object.values(row.by_defect)]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
    expect(baselineTable(rows).split('\n')[0]).toBe('| category | modality | baseline | image AUROC | by | AU-PRO 0.3 | dent | stain |');
  }
});

it('reads what was typed', () => {
  expect(readOptions(['--data', 'd', '--category', 'a', '--category', 'b', '--modality', 'depth'])).toMatchObject({ data: 'd', category: ['a', 'b'], modality: ['depth'], size: 192 });
  expect(() => readOptions(['--category', 'a'])).toThrow('--data: expected a folder, got none');
  expect(() => readOptions(['--data', 'd'])).toThrow('--category: expected a name, got none');
  expect(() => readOptions(['--data', 'd', '--category', 'a', '--modality', 'xyz'])).toThrow("--modality: expected rgb, depth, rgb+depth, got 'xyz'");
  expect(() => readOptions(['--data', 'd', '--category', 'a', '--size', '3.5'])).toThrow("--size: expected a whole number from 8 to 4096, got '3.5'");
});
