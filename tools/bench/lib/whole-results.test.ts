import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFloatTiff, encodePng } from '@blemish/images';
import ndarray from 'ndarray';
import { comparePredictions, compareTrainings } from './whole-results.mjs';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'whole-results-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const metrics = { image_AUROC: 0.99, pixel_AUROC: 0.96, pixel_AP: 0.6, AUPRO: 0.9 };

function training(name: string, { loss = 0.35, auroc = metrics.image_AUROC, image = 'test/good/000.jpg' } = {}): string {
  const run = join(folder, name);
  mkdirSync(run);
  writeFileSync(join(run, 'metrics.json'), JSON.stringify({ ...metrics, image_AUROC: auroc }));
  writeFileSync(join(run, 'losses.csv'), `phase,epoch,loss\nteacher,1,2600\nteacher,2,590\nstudent,1,${loss}\n`);
  writeFileSync(join(run, 'scores.csv'), `image,score\n${image},0.3\n`);
  return run;
}

async function prediction(name: string, { score = 0.3, value = 0.5, level = 100 } = {}): Promise<string> {
  const out = join(folder, name);
  mkdirSync(out);
  writeFileSync(join(out, 'scores.csv'), `image,score_mean,score_max,map,picture\na.jpg,${score},0.9,a.tiff,a.png\n`);
  writeFileSync(join(out, 'a.tiff'), encodeFloatTiff(Float32Array.of(value, 1, 1, 1), [2, 2]));
  writeFileSync(join(out, 'a.png'), await encodePng(ndarray(new Uint8Array(12).fill(level), [2, 2, 3])));
  return out;
}

describe('compareTrainings', () => {
  it('says how alike two trainings are', async () => {
    const words = await compareTrainings(training('a'), training('b', { loss: 0.36 }), true);
    expect(words).toContain('student loss 0.3500 / 0.3600');
    expect(words).toContain('AUPRO 0.900 / 0.900');
  });

  it('refuses another loss, another metric, other images', async () => {
    const a = training('a');
    await expect(compareTrainings(a, training('b', { loss: 0.4 }), true)).rejects.toThrow('student');
    await expect(compareTrainings(a, training('c', { auroc: 0.9 }), true)).rejects.toThrow('image_AUROC: 0.99 and 0.9');
    await expect(compareTrainings(a, training('d', { image: 'test/good/001.jpg' }), true)).rejects.toThrow('other images');
  });

  it('leaves metrics out where the backbone is random', async () => {
    const words = await compareTrainings(training('a'), training('b', { auroc: 0.5 }), false);
    expect(words).not.toContain('AUROC');
  });
});

describe('comparePredictions', () => {
  it('says how alike two predictions are', async () => {
    expect(await comparePredictions(await prediction('a'), await prediction('b', { level: 101 }))).toContain('pictures within 1 level');
  });

  it('refuses another score, map or picture', async () => {
    const a = await prediction('a');
    await expect(comparePredictions(a, await prediction('b', { score: 0.31 }))).rejects.toThrow('scores differ');
    await expect(comparePredictions(a, await prediction('c', { value: 0.6 }))).rejects.toThrow('maps differ');
    await expect(comparePredictions(a, await prediction('d', { level: 110 }))).rejects.toThrow('pictures differ');
  });
});
