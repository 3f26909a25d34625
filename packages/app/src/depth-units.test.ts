import { join } from 'node:path';
import { depthUnitsFor, unitsOr } from './depth-units.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();

it('takes unit and scale of the training together, and only where neither is given', () => {
  const trained = { depthUnit: 'mm', depthScale: 0.0001 } as const;
  expect(unitsOr({}, trained)).toEqual(trained);
  expect(unitsOr({ depthUnit: 'm' }, trained)).toEqual({ depthUnit: 'm' });
  expect(unitsOr({ depthScale: 2 }, trained)).toEqual({ depthScale: 2 });
  expect(unitsOr({}, {})).toEqual({});
});

it('does not read what lies beside a model where units are given', async () => {
  writeInto(folder, 'broken/config.json', '{ broken');
  expect(await depthUnitsFor(join(folder, 'broken/model.safetensors'), { depthUnit: 'mm' })).toEqual({ depthUnit: 'mm' });
  await expect(depthUnitsFor(join(folder, 'broken/model.safetensors'), {})).rejects.toThrow('config.json');
});

it('knows of none where a model lies alone', async () => {
  expect(await depthUnitsFor(join(folder, 'alone/model.safetensors'), {})).toEqual({});
});
