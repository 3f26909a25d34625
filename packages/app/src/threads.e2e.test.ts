import { cpSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { createBlemish, type Ended } from './testing/run-blemish.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

// Images of 256 x 256: the 24 that are trained on and the 20 of the test are enough to be shared.
const settings = 'imageSize: [256, 256]\nteacher: {hidden: 8, epochs: 1}\nstudent: {blocks: 1, hidden: 8, epochs: 1}\n';
const folder = temporaryFolder();
const blemish = createBlemish({ cwd: folder, cache: join(folder, 'cache') });
const config = writeInto(folder, 'settings.yaml', settings);
const category = 'results/ast/drawn-parts-seed0/parts';
const drawn = join(folder, 'results/drawn-parts-seed0/parts/test');

const train = (threads: number, run: string, more: readonly string[] = [], options = {}): Promise<Ended> =>
  blemish(['train', '--preset', 'smoke', '--config', config, '--no-cache', '--threads', String(threads), '--run', run, ...more], options);
const bytesOf = (...path: string[]): Buffer => readFileSync(join(folder, ...path));

function expectSameRun(run: string): void {
  for (const name of ['model.safetensors', 'losses.csv', 'scores.csv', 'maps/parts/test/chip/000.tiff']) {
    expect([name, bytesOf(category, run, name).equals(bytesOf(category, 'alone', name))]).toEqual([name, true]);
  }
}

beforeAll(async () => {
  const { code, stderr } = await train(1, 'alone');
  expect([code, stderr]).toEqual([0, expect.stringContaining('1 thread\n')]);
});

it('train ends with the same bits on two threads', async () => {
  const { code, stderr } = await train(2, 'shared');
  expect([code, stderr]).toEqual([0, expect.stringContaining('1 thread, 2 over images\n')]);
  for (const phase of ['features', 'teacher outputs', 'calibration']) expect(stderr).toContain(`${phase}: 24/24 images`);
  expectSameRun('shared');
});

it('a run that is stopped while threads compute features goes on to the same bits', async () => {
  const stopped = await train(2, 'stopped', [], { interruptAt: /^images: 24 good/m });
  expect([stopped.code, stopped.stdout]).toEqual([130, '']);
  expect(stopped.stderr).toMatch(/blemish: stopped by SIGINT: what was reached is kept, go on with --resume\n$/);
  expect((await train(2, 'stopped', ['--resume'])).code).toBe(0);
  expectSameRun('stopped');
});

it('predict names a broken image in one line', async () => {
  const images = join(folder, 'broken');
  cpSync(drawn, images, { recursive: true });
  const broken = join(images, 'stain/001.png');
  truncateSync(broken, bytesOf('broken/stain/001.png').length - 200);
  const { code, stdout, stderr } = await blemish(['predict', join(category, 'alone'), images, '--out', 'heat', '--threads', '2', '--quiet']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^blemish: [^\n]+\n$/)]);
  expect(stderr).toContain(broken);
  expect(stdout.split('\n')).toHaveLength(18 + 1); // what stands before it was scored
});

it('evaluate gives the same scores on two threads', async () => {
  expect((await blemish(['evaluate', join(category, 'alone'), '--threads', '2', '--no-cache', '--out', 'again'])).code).toBe(0);
  expect(bytesOf('again/scores.csv').equals(bytesOf(category, 'alone', 'scores.csv'))).toBe(true);
});
