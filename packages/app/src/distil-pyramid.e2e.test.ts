import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mulberry32 } from '@blemish-tools/jest';
import { createResNet, readBackbone, seededWeights } from '@blemish/features';
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

const options = ['--images', 'images', '--backbone', 'resnet18_half', '--weights', 'half.safetensors', '--batch', '2', '--view', '32', '--epochs', '3'];
const distil = (out: string, ...more: string[]): string[] => ['distil-pyramid', ...options, '--out', out, ...more];

let whole: Ended;
beforeAll(async () => {
  const { weights } = seededWeights(createResNet({ variant: 'resnet18_half', taps: ['layer3'] }), 0);
  writeInto(folder, 'half.safetensors', writeSafetensors(weights));
  const draw = mulberry32(9);
  for (let i = 0; i < 3; i++) {
    const levels = Uint8Array.from({ length: 40 * 50 * 3 }, (_, k) => 128 + 100 * Math.sin((k % (40 + i)) / 7) + 20 * draw());
    writeInto(folder, `images/${i}.png`, await encodePng(ndarray(levels, [40, 50, 3])));
  }
  writeInto(folder, 'torn/0.png', 'no picture');
  whole = await blemish(distil('whole/b.safetensors', '--json', '--quiet'));
});

it('writes a backbone, and what its losses were', () => {
  expect([whole.code, whole.stderr]).toEqual([0, '']);
  expect(JSON.parse(whole.stdout)).toMatchObject({ out: 'whole/b.safetensors', curves: ['whole/b.safetensors.losses.csv', 'whole/b.safetensors.losses.svg'], config: { epochs: 3, batch: 2, view: 32 } });
  expect(readdirSync(at('whole')).sort()).toEqual(['b.safetensors', 'b.safetensors.losses.csv', 'b.safetensors.losses.svg']);
  const { name, weights, provenance } = readBackbone(bytesOf('whole/b.safetensors'));
  expect(name).toBe('resnet18_half');
  expect(createResNet({ variant: 'resnet18_half', taps: ['layer1', 'layer2', 'layer3'] }).select(weights).leftOver).toEqual([]);
  expect(provenance).toMatchObject({ images: 3, backbone: 'resnet18_half' });
  const rows = bytesOf('whole/b.safetensors.losses.csv').toString().trim().split('\n');
  expect(rows.map((row) => row.split(',')[0])).toEqual(['epoch', '1', '2', '3']);
  expect(rows[0]).toBe('epoch,loss');
  expect(bytesOf('whole/b.safetensors.losses.svg').toString()).toContain('>epochs<');
});

it('ends, stopped and resumed, with the same bytes', async () => {
  const stopped = await blemish(distil('stopped/b.safetensors'), { interruptAt: /^images: 3; resnet18_half from resnet18_half, views of 32$/m });
  expectFault(stopped, 130, 'stopped by SIGINT: what was reached is kept, go on with --resume');
  expect(readdirSync(at('stopped')).sort()).toEqual(['b.safetensors.checkpoint', 'b.safetensors.losses.csv', 'b.safetensors.losses.svg']);
  const resumed = await blemish(distil('stopped/b.safetensors', '--resume'));
  expect([resumed.code, resumed.stdout]).toEqual([0, 'stopped/b.safetensors\n']);
  expect(resumed.stderr).toContain('goes on from stopped/b.safetensors.checkpoint\n');
  expect(readdirSync(at('stopped'))).toEqual(readdirSync(at('whole')));
  for (const name of ['b.safetensors', 'b.safetensors.losses.csv']) expect([name, bytesOf('stopped', name).equals(bytesOf('whole', name))]).toEqual([name, true]);
});

it.each<[number, string[], string]>([
  [2, ['--backbone', 'vgg'], '--backbone: expected one of resnet18'],
  [1, ['--images', 'torn'], 'torn/0.png: '],
  [1, ['--images', 'nowhere'], 'nowhere: '],
])('ends with %i before anything is made: %j', async (code, more, message) => {
  expectFault(await blemish(distil('unmade/b.safetensors', ...more)), code, message);
  expect(existsSync(at('unmade'))).toBe(false);
});
