import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, readFloatTiff } from '@blemish/images';
import { expectFault } from './testing/expect-fault.js';
import { createBlemish, type Ended } from './testing/run-blemish.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

// Preset smoke with smaller networks and images and 8 epochs: seeds 0 to 4 gave a pixel AUROC of .883 .754 .926 .865 .722,
// a map without any sense gives .5. Seed 0 is the test's.
const settings = 'imageSize: [96, 96]\nteacher: {hidden: 16, epochs: 8}\nstudent: {blocks: 1, hidden: 32, epochs: 8}\n';
const leastPixelAuroc = 0.7;

const folder = temporaryFolder();
const blemish = createBlemish({ cwd: folder, cache: join(folder, 'cache') });
const config = writeInto(folder, 'settings.yaml', settings);
const train = (...more: string[]): string[] => ['train', '--preset', 'smoke', '--config', config, ...more];
const category = 'results/ast/drawn-parts-seed0/parts';
const run = `${category}/smoke-seed0`;
const drawn = 'results/drawn-parts-seed0/parts';

const at = (...path: string[]): string => join(folder, ...path);
const bytesOf = (...path: string[]): Buffer => readFileSync(at(...path));
const textOf = (...path: string[]): string => readFileSync(at(...path), 'utf8');
const jsonOf = (...path: string[]): Record<string, unknown> => JSON.parse(textOf(...path)) as Record<string, unknown>;
const filesOf = (...path: string[]): string[] =>
  readdirSync(at(...path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(at(...path).length + 1))
    .sort();

let trained: Ended;
beforeAll(async () => {
  trained = await blemish(train('--json', '--quiet'));
});

describe('train', () => {
  it('ends well, with one JSON document on standard output and nothing else anywhere', () => {
    expect([trained.code, trained.stderr]).toEqual([0, '']);
    expect(JSON.parse(trained.stdout)).toMatchObject({ run, model: `${run}/model.safetensors`, training: { images: 24, batch: 4 } });
  });

  it('leaves a results folder as users of the field know it', () => {
    const tested = filesOf(drawn, 'test');
    const maps = tested.map((name) => `maps/parts/test/${name.replace('.png', '.tiff')}`);
    const files = ['config.json', 'losses.csv', 'metrics.json', 'model.safetensors', 'scores.csv', 'training.json'];
    expect(tested).toHaveLength(20);
    expect(filesOf(run)).toEqual([...files, ...maps].sort());
    expect(readdirSync(at(category))).toEqual(['smoke-seed0']);
  });

  it('says what was trained, and how it went', () => {
    expect(jsonOf(run, 'config.json')).toMatchObject({ model: { preset: 'smoke', imageSize: [96, 96] }, images: { data: 'results/drawn-parts-seed0', category: 'parts' } });
    const losses = textOf(run, 'losses.csv').trim().split('\n').map((line) => line.split(','));
    expect(losses[0]).toEqual(['phase', 'epoch', 'loss']);
    for (const phase of ['teacher', 'student']) {
      const own = losses.filter(([name]) => name === phase).map(([, , loss]) => Number(loss));
      expect(own).toHaveLength(8);
      expect(own.at(-1)).toBeLessThan(own[0] as number);
    }
  });

  it('finds drawn defects', () => {
    const metrics = jsonOf(run, 'metrics.json');
    expect(metrics['pixel_AUROC']).toBeGreaterThan(leastPixelAuroc);
    expect(metrics).toMatchObject({ score: 'max', map_size: 'ground truth', images: { good: 8, defective: 12, masked: 12 } });
    expect(metrics).not.toHaveProperty('missing');
  });

  it('does not replace a finished run', async () => {
    const before = bytesOf(run, 'model.safetensors');
    expectFault(await blemish(train()), 1, 'a finished run is there: take another --run, or --force to overwrite it');
    expect(bytesOf(run, 'model.safetensors').equals(before)).toBe(true);
  });
});

describe('a run that is stopped', () => {
  it('ends, resumed, with the model of one that was not, and without the cache too', async () => {
    const stopped = await blemish(train('--run', 'stopped', '--no-cache'), { interruptAt: /^features: 24\/24/m });
    expectFault(stopped, 130, 'stopped by SIGINT: what was reached is kept, go on with --resume');
    expect(filesOf(category, 'stopped').filter((name) => !name.startsWith('scratch'))).toEqual(['checkpoint.safetensors', 'config.json', 'unfinished.json']);

    expectFault(await blemish(train('--run', 'stopped')), 1, '--resume continues it, --force starts it over');
    const resumed = await blemish(train('--run', 'stopped', '--no-cache', '--resume'));
    expect(resumed.code).toBe(0);
    for (const name of ['model.safetensors', 'losses.csv', 'scores.csv']) {
      expect([name, bytesOf(category, 'stopped', name).equals(bytesOf(run, name))]).toEqual([name, true]);
    }
    expect(filesOf(category, 'stopped')).toEqual(filesOf(run));
    expect(resumed.stdout).toContain(`use it:  npx blemish predict ${join(category, 'stopped')} IMAGE_OR_FOLDER\n`);
  });
});

describe('evaluate', () => {
  const result = `${run}/evaluations/drawn-parts-seed0-parts-64`;

  it('writes a result of its own, at another size', async () => {
    const { code, stdout, stderr } = await blemish(['evaluate', run, '--eval-size', '64', '--json']);
    expect([code, stderr.includes('test: 20/20 images')]).toEqual([0, true]);
    expect(JSON.parse(stdout)).toMatchObject({ folder: result, metrics: { map_size: 64 } });
    expect(filesOf(result)).toEqual(['metrics.json', 'scores.csv']);
    const [own, first] = [jsonOf(result, 'metrics.json'), jsonOf(run, 'metrics.json')];
    expect([own['image_AUROC'], own['model_sha256']]).toEqual([first['image_AUROC'], first['model_sha256']]);
    expect(own['pixel_AUROC']).toBeGreaterThan(leastPixelAuroc);
    expect(bytesOf(result, 'scores.csv').equals(bytesOf(run, 'scores.csv'))).toBe(true);
  });

  it('does not replace it', async () => {
    const before = bytesOf(result, 'metrics.json');
    expectFault(await blemish(['evaluate', run, '--eval-size', '64']), 1, 'metrics.json: a result is there; take another --out, or --force to replace it');
    expect(bytesOf(result, 'metrics.json').equals(before)).toBe(true);
  });
});

describe('predict', () => {
  it('needs the model file alone, and gives each image a score, a map and a picture', async () => {
    mkdirSync(at('alone'));
    copyFileSync(at(run, 'model.safetensors'), at('alone/model'));
    const alone = createBlemish({ cwd: at('alone'), cache: at('alone/no-cache') });
    const { code, stdout, stderr } = await alone(['predict', 'model', at(drawn, 'test/stain'), at(drawn, 'test/good'), '--out', 'heat', '--json', '--quiet']);
    expect([code, stderr]).toEqual([0, '']);
    const { images } = JSON.parse(stdout) as { images: { image: string; score: number; map: string; picture: string }[] };
    expect(images).toHaveLength(11);
    expect(new Set(images.map(({ map }) => map)).size).toBe(11);

    const scores = new Map(textOf(run, 'scores.csv').trim().split('\n').map((line) => line.split(',')).map(([id = '', , , score]) => [id, score]));
    for (const { image, score, map, picture } of images) {
      const id = image.slice(at(drawn).length + 1);
      expect([id, String(score)]).toEqual([id, scores.get(id)]);
      const evaluated = await readFloatTiff(bytesOf(run, 'maps/parts', id.replace('.png', '.tiff')), id);
      expect(await readFloatTiff(bytesOf('alone/heat', map), map)).toEqual(evaluated);
      expect((await decodeImage(at('alone/heat', picture))).shape).toEqual([160, 160, 3]);
    }
    expect(filesOf('alone/heat')).toHaveLength(2 * 11 + 1);
    expect(existsSync(at('alone/no-cache'))).toBe(false);
  });

  it('is quiet on the engine that it finds by itself', async () => {
    const { code, stdout, stderr } = await blemish(['predict', run, at(drawn, 'test/chip/000.png'), '--out', 'chip', '--quiet'], { backend: 'auto' });
    expect([code, stderr, stdout.split('\t').length]).toEqual([0, '', 3]);
  });

  it('keeps earlier predictions', async () => {
    expectFault(await blemish(['predict', run, at(drawn, 'test/chip/000.png'), '--out', 'chip']), 1, 'scores.csv: earlier predictions are there');
  });

  it('never replaces an image', async () => {
    const before = bytesOf(drawn, 'test/chip/000.png');
    expectFault(await blemish(['predict', run, at(drawn, 'test/chip'), '--out', at(drawn, 'test/chip')]), 2, 'would be replaced by its own result');
    expect(bytesOf(drawn, 'test/chip/000.png').equals(before)).toBe(true);
  });
});

describe('plain folders', () => {
  it('are trained on, with some good images kept for the test: the same ones when it is evaluated again', async () => {
    const short = writeInto(folder, 'short.yaml', settings.replaceAll('8}', '1}').replaceAll('32,', '8,'));
    const images = ['--good', `${drawn}/train/good`, '--defective', `${drawn}/test/chip`, '--masks', `${drawn}/ground_truth/chip`];
    const { code, stdout, stderr } = await blemish(['train', '--preset', 'smoke', '--config', short, '--seed', '5', '--hold-out', '3', '--run', 'plain', ...images]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('note: 4 of 24 good images are kept out of training for the test (seed 5)')]);
    const model = stdout.match(/^model: +(.*)$/m)?.[1] as string;
    const [first, training] = [jsonOf(model, '../metrics.json'), jsonOf(model, '../training.json')];
    expect(first).toMatchObject({ images: { good: 4, defective: 3, masked: 3 }, notes: expect.arrayContaining([expect.stringContaining('(seed 5)')]) as string[] });
    expect(training).toMatchObject({ images: 17, threshold: { images: 3 }, keptOut: { test: { length: 4 }, threshold: { length: 3 } } });

    const again = await blemish(['evaluate', model, '--out', 'again', '--quiet']);
    expect(again.code).toBe(0);
    expect({ ...jsonOf('again/metrics.json'), seconds: 0 }).toEqual({ ...first, seconds: 0 });
    expect(bytesOf('again/scores.csv').equals(bytesOf(model, '../scores.csv'))).toBe(true);
  });
});

describe('doctor', () => {
  it('tells every engine: its speed, or how to get it', async () => {
    const { code, stdout } = await blemish(['doctor', '--json', '--quiet']);
    const report = JSON.parse(stdout) as { backends: { backend: string; works: boolean; gflops?: number; howToGet?: string }[] };
    expect([code, report.backends.map(({ backend }) => backend)]).toEqual([0, ['gpu', 'native', 'webgpu', 'wasm', 'cpu']]);
    for (const { works, gflops, howToGet } of report.backends) expect(works ? gflops : howToGet).toBeTruthy();
    expect(report).toMatchObject({ weights: { folder: at('cache/weights'), files: [] } });
  });
});

describe('exit codes', () => {
  it.each([
    [0, ['--version'], ''],
    [1, ['predict', 'nowhere', 'x.png'], 'nowhere: expected a model file or the folder of a run: there is no such file'],
    [2, ['train', '--seed', 'x'], "option '--seed <number>' argument 'x' is invalid."],
  ])('%i for %j', async (code, args, message) => {
    const ended = await blemish(args);
    if (code === 0) expect(ended).toMatchObject({ code: 0, stderr: '' });
    else expectFault(ended, code, message);
  });
});
