import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBlemish } from './testing/run-blemish.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const blemish = createBlemish({ cwd: folder, cache: join(folder, 'cache') });
const config = writeInto(folder, 'settings.yaml', 'teacher: {epochs: 1}\nstudent: {blocks: 1, hidden: 16, epochs: 1}\n');
const train = (...more: string[]): string[] => ['train', '--preset', 'smoke-3d', '--config', config, '--data', 'drawn', '--category', 'gear', '--run', 'r', '--no-maps', ...more];
const run = 'results/ast/drawn/gear/r';

beforeAll(async () => {
  const counts = ['--count', '6', '--validation', '2', '--test-good', '2', '--test-per-defect', '1', '--defects', 'dent,hole', '--size', '96'];
  expect((await blemish(['synthesize', '--out', 'drawn', '--parts', 'gear', ...counts, '--quiet'])).code).toBe(0);
});

describe('a model of depth', () => {
  it('is not trained in a wrong unit, which leaves nothing behind', async () => {
    const { code, stderr } = await blemish(train('--depth-unit', 'mm'));
    expect(code).toBe(1);
    expect(stderr).toContain('blemish: drawn/gear/train/good/xyz/000.tiff: its depths differ by 0.0');
    expect(stderr).toContain('is the unit right (--depth-unit, --depth-scale)?');
    expect(existsSync(join(folder, 'results'))).toBe(false);
  });

  it('is trained in the right one, and says how it is used and what so few parts show', async () => {
    const { code, stdout, stderr } = await blemish(train('--depth-scale', '1.01'));
    expect([code, stdout]).toEqual([0, expect.stringContaining(`use it:  npx blemish predict ${run} --depth CLOUD_OR_FOLDER\n`)]);
    expect(stderr).toMatch(/^note: an image AUROC of [01]\.\d\d on 2 good and 2 defective images is no better than chance, which reaches 1\.00 on so many images$/m);
    expect(stderr).not.toContain('is the unit right');
  });

  it('needs no options in another place: the file knows its unit and scale, and takes the scans of a folder', async () => {
    copyFileSync(join(folder, run, 'model.safetensors'), join(folder, 'model'));
    const { code, stdout } = await blemish(['predict', 'model', 'drawn/gear/test', '--out', 'heat', '--json', '--quiet']);
    expect(code).toBe(0);
    const { images } = JSON.parse(stdout) as { images: { image: string; score: number }[] };
    const tested = readFileSync(join(folder, run, 'scores.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
    const own = new Map(tested.map(([id = '', , , score]) => [id, score]));
    expect(images.map(({ image }) => image)).toEqual(['dent', 'good', 'good', 'hole'].map((kind, i) => `drawn/gear/test/${kind}/xyz/00${i === 2 ? 1 : 0}.tiff`));
    for (const { image, score } of images) expect(own.get(image.replace('drawn/gear/', '').replace('xyz/', ''))).toBe(String(score));
  });
});
