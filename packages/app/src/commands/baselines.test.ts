import { join } from 'node:path';
import { writeSyntheticParts } from '@blemish/datasets';
import { createProgram } from '../program.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

const data = temporaryFolder();
beforeAll(() => writeSyntheticParts(data, { seed: 2, parts: ['plate'], train: 4, validation: 0, testGood: 3, testPerDefect: 2, defects: ['dent', 'stain'], size: 64 }));

/** Runs the command line, and returns what it wrote to standard output. */
async function baselines(...args: string[]): Promise<string> {
  let out = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  try {
    await createProgram().parseAsync(['baselines', '--quiet', ...args], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return out;
}

it('measures every baseline on all that the data have, image and pixel, over all kinds and by kind', async () => {
  const said = JSON.parse(await baselines('--data', data, '--category', 'plate', '--size', '64', '--json')) as { baselines: Record<string, unknown>[] };
  expect(said).toMatchObject({ data, category: 'plate', size: 64 });
  expect(said.baselines.map(({ modality, baseline }) => `${String(modality)}: ${String(baseline)}`)).toEqual(
    ['rgb', 'depth', 'rgb+depth'].flatMap((modality) => ['mean difference', 'nearest pixel', 'nearest image'].map((baseline) => `${modality}: ${baseline}`)),
  );
  for (const row of said.baselines) {
    const { score, image_AUROC_by_defect: byDefect, ...values } = row as { score: string; image_AUROC_by_defect: { dent: number; stain: number } } & Record<string, number>;
    expect(Object.keys(byDefect)).toEqual(['dent', 'stain']);
    expect(values['image_AUROC']).toBeGreaterThanOrEqual(values[score === 'max' ? 'image_AUROC_mean' : 'image_AUROC_max'] as number);
    expect(values['image_AUROC']).toBeCloseTo((byDefect.dent + byDefect.stain) / 2, 12); // as many of each
    for (const name of ['pixel_AUROC', 'AUPRO']) expect(values[name]).toBeGreaterThan(0);
  }
});

it('takes plain folders, and prints a table', async () => {
  const folder = (kind: string): string => join(data, 'plate', kind, 'xyz');
  const said = await baselines('--good-depth', folder('train/good'), '--test-good-depth', folder('test/good'), '--defective-depth', folder('test/dent'), '--size', '64');
  const [head, , ...rows] = said.trimEnd().split('\n');
  expect(head).toBe('| category | modality | baseline | image AUROC | by | AU-PRO 0.3 | defective |');
  expect(rows.map((row) => row.split(' | ').slice(1, 3))).toEqual([['depth', 'mean difference'], ['depth', 'nearest pixel'], ['depth', 'nearest image']]);
  expect(rows.map((row) => row.split(' | ')[5])).toEqual(['-', '-', '-']); // no masks
});

it('looks at parts once, whatever is compared of them', async () => {
  let said = '';
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
  const silent = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await createProgram().parseAsync(['baselines', '--data', data, '--category', 'plate', '--size', '32'], { from: 'user' });
  for (const spy of [write, silent]) spy.mockRestore();
  expect(said.match(/^images: 4 good to train on, 7 to test on$/gm)).toHaveLength(1);
  expect(said).toMatch(/^baselines, rgb\+depth: /m);
});

it('doubts a unit that leaves nothing to stand out', async () => {
  await expect(baselines('--data', data, '--category', 'plate', '--depth-unit', 'mm')).rejects.toThrow('is the unit right (--depth-unit, --depth-scale)?');
});

it.each([
  [[], 'images: expected --data ROOT --category NAME, or --good FOLDER, got neither'],
  [['--data', 'x'], '--data: expected --category beside it, got none'],
  [['--good', join(data, 'plate/train/good/rgb')], 'images: expected images to test on, got none'],
  [['--data', 'x', '--category', 'y', '--modality', 'xyz'], 'Allowed choices are rgb, depth, rgb+depth.'],
  [['--data', 'x', '--category', 'y', '--size', '3.5'], 'Expected a whole number from 8 to 4096.'],
])('refuses %j', async (args, message) => {
  const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  await expect(baselines(...args)).rejects.toThrow(message);
  silent.mockRestore();
});
