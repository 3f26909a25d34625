import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openFeatureStores } from './feature-stores.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const before = process.env['BLEMISH_CACHE'];
beforeEach(() => {
  process.env['BLEMISH_CACHE'] = join(folder, 'cache');
});
afterAll(() => {
  if (before === undefined) delete process.env['BLEMISH_CACHE'];
  else process.env['BLEMISH_CACHE'] = before;
});

it('keeps features between runs, and what is the run’s own only as long as it lasts', async () => {
  const own = join(folder, 'run', 'scratch');
  const { store, scratch, discard } = openFeatureStores(own, true, recordedTerminal());
  await store.put('features', Float32Array.of(1));
  await scratch.put('outputs', Float32Array.of(2));
  expect([await store.get('features'), await scratch.get('outputs')]).toEqual([Float32Array.of(1), Float32Array.of(2)]);
  expect(await scratch.get('features')).toBeUndefined();
  await discard();
  expect(existsSync(own)).toBe(false);
  const again = openFeatureStores(own, true, recordedTerminal());
  expect(await again.store.get('features')).toEqual(Float32Array.of(1));
  expect(await again.scratch.get('outputs')).toBeUndefined();
});

it('keeps nothing in the cache folder where nothing shall be kept', async () => {
  process.env['BLEMISH_CACHE'] = join(folder, 'unused');
  const { store, scratch, discard } = openFeatureStores(join(folder, 'run', 'scratch'), false, recordedTerminal());
  expect(store).toBe(scratch);
  await store.put('features', Float32Array.of(1));
  await discard();
  expect(existsSync(join(folder, 'unused'))).toBe(false);
  expect(readdirSync(join(folder, 'run'))).toEqual([]);
});
