import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mulberry32 } from '@blemish-tools/jest';
import { createResNet, readDescriptor, seededWeights } from '@blemish/features';
import { encodePng } from '@blemish/images';
import { writeSafetensors } from '@blemish/weights';
import ndarray from 'ndarray';
import { expectFault } from './testing/expect-fault.js';
import { createBlemish, type Ended } from './testing/run-blemish.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const blemish = createBlemish({ cwd: folder, cache: join(folder, 'cache') });
const at = (...path: string[]): string => join(folder, ...path);
const bytesOf = (...path: string[]): Buffer => readFileSync(at(...path));

const options = ['--images', 'images', '--weights', 'resnet18.safetensors', '--receptive-field', '17', '--batch', '2', '--backbone-size', '32', '--max-scale', '5', '--steps', '30'];
const distil = (out: string, ...more: string[]): string[] => ['distil', ...options, '--out', out, ...more];

let whole: Ended;
beforeAll(async () => {
  const { weights } = seededWeights(createResNet({ variant: 'resnet18', taps: ['layer1'] }), 0);
  writeInto(folder, 'resnet18.safetensors', writeSafetensors(weights));
  const draw = mulberry32(9);
  for (let i = 0; i < 3; i++) {
    const [h, w] = [60 + 10 * i, 80];
    const [fx, fy] = [draw(), draw()];
    const levels = Uint8Array.from({ length: h * w * 3 }, (_, k) => 128 + 100 * Math.sin(fx * ((k / 3) % w) + fy * Math.floor(k / 3 / w)) + 20 * draw());
    writeInto(folder, `images/${i}.png`, await encodePng(ndarray(levels, [h, w, 3])));
  }
  whole = await blemish(distil('whole/d.safetensors', '--json', '--quiet'));
});

it('writes a descriptor, and what its losses were', () => {
  expect([whole.code, whole.stderr]).toEqual([0, '']);
  expect(JSON.parse(whole.stdout)).toMatchObject({
    out: 'whole/d.safetensors',
    losses: { step: 30 },
    curves: ['whole/d.safetensors.losses.csv', 'whole/d.safetensors.losses.svg'],
    config: { receptiveField: 17, steps: 30, batch: 2, backboneSize: 32 },
    engine: { backend: 'wasm' },
  });
  expect(readdirSync(at('whole')).sort()).toEqual(['d.safetensors', 'd.safetensors.losses.csv', 'd.safetensors.losses.svg']);
  const { descriptor, provenance } = readDescriptor(bytesOf('whole/d.safetensors'));
  expect(descriptor.receptiveField).toBe(17);
  expect(provenance).toMatchObject({ images: 3, backbone: 'resnet18', backboneTap: 'layer1' });
  const rows = bytesOf('whole/d.safetensors.losses.csv').toString().trim().split('\n');
  expect(rows.map((row) => row.split(',')[0])).toEqual(['step', '20', '30']);
});

it('ends, stopped and resumed, with the same bytes', async () => {
  const stopped = await blemish(distil('stopped/d.safetensors'), { interruptAt: /^images: 3; from resnet18 up to layer1, patches of 17 enlarged to 32$/m });
  expectFault(stopped, 130, 'stopped by SIGINT: what was reached is kept, go on with --resume');
  expect(readdirSync(at('stopped')).sort()).toEqual(['d.safetensors.checkpoint', 'd.safetensors.losses.csv', 'd.safetensors.losses.svg']);

  expectFault(await blemish(distil('stopped/d.safetensors')), 1, 'd.safetensors.checkpoint: an unfinished run is there: --resume goes on with it, --force starts over');
  expectFault(await blemish(distil('stopped/d.safetensors', '--resume', '--seed', '4')), 1, 'checkpoint: belongs to another configuration: seed was 0, is 4');
  const resumed = await blemish(distil('stopped/d.safetensors', '--resume'));
  expect([resumed.code, resumed.stdout]).toEqual([0, 'stopped/d.safetensors\n']);
  expect(resumed.stderr).toContain('goes on from stopped/d.safetensors.checkpoint\n');
  expect(resumed.stderr).toMatch(/^distil: 30\/30 steps, .*knowledge /m);
  expect(readdirSync(at('stopped'))).toEqual(readdirSync(at('whole')));
  for (const name of ['d.safetensors', 'd.safetensors.losses.csv']) expect([name, bytesOf('stopped', name).equals(bytesOf('whole', name))]).toEqual([name, true]);
});

it('keeps a finished descriptor, and replaces it with --force', async () => {
  const before = bytesOf('whole/d.safetensors');
  expectFault(await blemish(distil('whole/d.safetensors')), 1, 'whole/d.safetensors: is there; take another --out, or --force to replace it');
  expect(bytesOf('whole/d.safetensors').equals(before)).toBe(true);
  mkdirSync(at('forced'));
  writeFileSync(at('forced/d.safetensors'), 'old');
  expect((await blemish(distil('forced/d.safetensors', '--force', '--half', '--quiet'))).code).toBe(0);
  expect(bytesOf('forced/d.safetensors').length).toBeLessThan(0.51 * before.length);
  expect(readDescriptor(bytesOf('forced/d.safetensors')).provenance).toEqual(readDescriptor(before).provenance);
});

it('makes a teacher that students learn from', async () => {
  renameSync(at('whole/d.safetensors'), at('t17.safetensors'));
  const config = writeInto(folder, 'tiny.yaml', 'imageSize: [32, 32]\nfields: {17: {window: 17, trainStride: 1, scoreStride: 16, epochs: 1}}\nheldOut: 0.4\nmapStride: 16\n');
  const train = ['train', '--model', 'uninformed-students', '--preset', 'smoke', '--config', config, '--good', 'images'];
  const trained = await blemish([...train, '--teacher', 't17.safetensors', '--json', '--quiet']);
  expect([trained.code, trained.stderr]).toEqual([0, '']);
  const { model } = JSON.parse(trained.stdout) as { model: string };
  const scored = await blemish(['predict', model, 'images/0.png', '--quiet']);
  expect([scored.code, scored.stderr, scored.stdout.split('\t').length]).toEqual([0, '', 3]);
});

it('makes no folder for images that cannot be read', async () => {
  writeInto(folder, 'torn/0.png', 'no picture');
  expectFault(await blemish(distil('unmade/d.safetensors', '--images', 'torn')), 1, 'torn/0.png: ');
  expect(existsSync(at('unmade'))).toBe(false);
});

describe('what cannot be run', () => {
  const train = ['train', '--model', 'uninformed-students', '--good', 'images'];
  it.each<[number, string[], string]>([
    [2, distil('new/d.safetensors', '--backbone', 'vgg'), '--backbone: expected one of resnet18'],
    [2, distil('new/d.safetensors', '--third', '256'), "distillation 'third': expected none with receptive field 17, got 256"],
    [2, distil('new/d.safetensors', '--losses', 'sharpness'), 'Expected some of knowledge, compactness, triplet'],
    [2, distil('new/d.safetensors', '--losses', 'compactness'), 'compactness alone teaches nothing'],
    [2, distil('new/d.safetensors', '--receptive-field', '18'), "'--receptive-field <pixels>' argument '18' is invalid"],
    [1, distil('new/d.safetensors', '--images', 'cache'), 'cache: '],
    [1, distil('new/d.safetensors', '--weights', 'none'), 'none: cannot read the weights: there is no such file'],
    [1, distil('new/d.safetensors', '--resume'), 'new/d.safetensors.checkpoint: expected a checkpoint to go on from, there is none'],
    [2, [...train, '--preset', 'paper'], '--teacher: expected descriptor files for model uninformed-students, got none; blemish distil makes them'],
    [1, [...train, '--teacher', 'none'], 'none: cannot read the teacher: there is no such file'],
    [1, [...train, '--teacher', 'resnet18.safetensors'], 'resnet18.safetensors: '],
    [2, [...train, '--teacher', 't17.safetensors', 't17.safetensors'], '--teacher: expected one file a receptive field'],
    [2, [...train, '--teacher', 't17.safetensors', '--backbone', 'resnet18'], '--backbone: give it or --teacher, not both'],
    [2, [...train, '--teacher', 't17.safetensors', '--weights', 'resnet18.safetensors'], '--weights: this model has no backbone'],
    [2, ['train', '--model', 'ast', '--good', 'images', '--teacher', 't17.safetensors'], '--teacher: AST learns from no descriptor networks'],
  ])('ends with %i: %j', async (code, args, message) => {
    expectFault(await blemish(args), code, message);
  });
});
