import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage } from '@blemish/images';
import { demonstrate, type Demo } from './demonstrate.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const out = join(folder, 'demo');
const config = writeInto(folder, 'short.yaml', 'teacher: {hidden: 8, epochs: 2}\nstudent: {blocks: 1, hidden: 8, epochs: 2}\n');
const parts = { size: 96, train: 6, testGood: 2, testPerDefect: 1, defects: ['dent', 'hole'], config } as const;
const plan = { out, seed: 4, part: 'gear', backend: 'wasm', parts } as const;

const terminal = recordedTerminal();
let demo: Demo;
beforeAll(async () => {
  demo = await demonstrate(plan, terminal);
}, 60_000);

it('measures the model and the best baseline, over all kinds and by kind', () => {
  expect(demo.metrics.map(({ name }) => name)).toEqual(['image AUROC', 'pixel AUROC', 'AU-PRO 0.3', 'image AUROC, dent', 'image AUROC, hole']);
  for (const { value, best } of demo.metrics) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(best?.value).toBeGreaterThanOrEqual(0);
  }
});

it('looks at pictures and scans through the bundled backbone, and trains as train does', () => {
  const config = JSON.parse(readFileSync(join(demo.run, 'config.json'), 'utf8')) as unknown;
  expect(config).toMatchObject({ model: { preset: 'smoke-3d', modality: 'rgb+depth', backbone: { weights: 'bundled', tap: 'layer3' } }, images: { data: join(out, 'parts'), category: 'gear' } });
  expect(JSON.parse(readFileSync(join(demo.run, 'metrics.json'), 'utf8'))).toMatchObject({ image_AUROC: demo.metrics[0]?.value, images: { good: 2, defective: 2, masked: 2 } });
});

it('shows a part of each kind, heat over what the camera saw and over its points', async () => {
  expect(demo.pictures.map(({ defect }) => defect)).toEqual(['good', 'dent', 'hole']);
  for (const { defect, picture, cloud, view } of demo.pictures) {
    const shown = await decodeImage(join(demo.folder, picture as string));
    const seen = await decodeImage(join(out, 'parts/gear/test', defect, 'rgb/000.png'));
    expect(shown.shape).toEqual(seen.shape);
    const same = seen.data.reduce((count, level, i) => count + (level === shown.data[i] ? 1 : 0), 0);
    expect(same / seen.data.length).toBeGreaterThan(0.3); // no heat beside the part
    const header = readFileSync(join(demo.folder, cloud as string)).subarray(0, 400).toString('latin1');
    expect(Number(header.match(/^element vertex (\d+)$/m)?.[1])).toBeGreaterThan(0.7 * 96 ** 2);
    expect(header).toMatch(/^property uchar red$/m);
    expect((await decodeImage(join(demo.folder, view as string))).shape[2]).toBe(3);
  }
});

it('tells how far it is, all the way', () => {
  const said = terminal.remarks().join('\n');
  for (const stage of ['synthesize: 10/10 parts', 'teacher: ', 'student: ', 'test: 4/4 images', 'baselines, rgb+depth: 16/16 images', 'pictures: 3/3 parts']) expect(said).toContain(stage);
  expect(terminal.results()).toEqual([]);
});

it('keeps an earlier demo, and starts anew when told to', async () => {
  const before = readFileSync(join(out, 'demo.json'), 'utf8');
  await expect(demonstrate(plan, recordedTerminal())).rejects.toThrow(`${out}: an earlier demo is there; take another --out, or --force to replace it`);
  const quiet = recordedTerminal(true);
  const again = await demonstrate({ ...plan, force: true, parts: { ...parts, defects: ['hole'] } }, quiet);
  expect([quiet.remarks(), quiet.results()]).toEqual([[], []]);
  expect(again.pictures.map(({ defect }) => defect)).toEqual(['good', 'hole']);
  expect(readdirSync(join(out, 'pictures'))).not.toContain('dent.png');
  expect(readdirSync(out).sort()).toEqual(['ast', 'demo.json', 'parts', 'pictures']);
  expect(readFileSync(join(out, 'demo.json'), 'utf8')).not.toBe(before);
}, 60_000);

it('says, when stopped, how to start anew', async () => {
  let notes = 0;
  const note = (): void => void (notes++ === 0 && process.emit('SIGINT', 'SIGINT')); // before the engine starts
  const stopped = demonstrate({ ...plan, force: true }, { ...recordedTerminal(), note });
  await expect(stopped).rejects.toThrow('stopped by SIGINT: the same command with --force starts anew');
  await expect(demonstrate(plan, recordedTerminal())).rejects.toThrow('an earlier demo is there');
}, 60_000);
