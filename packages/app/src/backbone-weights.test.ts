import { join } from 'node:path';
import { astPreset, findSystem } from '@blemish/detectors';
import { writeSafetensors } from '@blemish/weights';
import { backboneWeights, checkWeightOption, fetchPublicWeights, readWeightFile } from './backbone-weights.js';
import { UsageError } from './errors.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const before = process.env['BLEMISH_CACHE'];
beforeAll(() => {
  process.env['BLEMISH_CACHE'] = join(folder, 'cache');
});
afterAll(() => {
  if (before === undefined) delete process.env['BLEMISH_CACHE'];
  else process.env['BLEMISH_CACHE'] = before;
});

const bundled = findSystem('stfpm').resolve('quick', { backbone: { name: 'resnet18_half', weights: 'bundled' } });

it('takes a weight file only where weights are read', () => {
  expect(() => checkWeightOption(astPreset('smoke'), 'x.pth')).toThrow(UsageError);
  expect(() => checkWeightOption(astPreset('smoke'), undefined)).not.toThrow();
  expect(() => checkWeightOption(astPreset('quick'), 'x.pth')).not.toThrow();
  expect(() => checkWeightOption(astPreset('quick-3d', 'depth'), 'x.pth')).toThrow('--weights: this model looks at depth alone');
  expect(() => checkWeightOption(bundled, 'x.pth')).toThrow('--weights: the bundled backbone has weights of its own');
});

it('needs none for a backbone that is drawn or bundled', async () => {
  expect(await backboneWeights(bundled, undefined, recordedTerminal())).toBeUndefined();
  expect(await backboneWeights(astPreset('smoke'), undefined, recordedTerminal())).toBeUndefined();
  expect(await backboneWeights(astPreset('quick-3d', 'depth'), undefined, recordedTerminal())).toBeUndefined();
});

it('reads a file, and says whose weights they are', async () => {
  const path = writeInto(folder, 'w.safetensors', writeSafetensors([['a', { dtype: 'F32', shape: [1], data: Float32Array.of(2) }]]));
  const { backboneWeights: weights, weightsSource } = (await backboneWeights(astPreset('quick'), path, recordedTerminal())) ?? {};
  expect([weightsSource, [...(weights?.keys() ?? [])]]).toEqual([path, ['a']]);
});

it('names the file that is missing or no weights', async () => {
  await expect(readWeightFile(join(folder, 'none.pth'))).rejects.toThrow('none.pth: cannot read the weights: there is no such file');
  await expect(readWeightFile(writeInto(folder, 'text.pth', 'no weights'))).rejects.toThrow(/text\.pth: .*begins with "no weights"/);
});

it('says in one line where to put the weights when they cannot be downloaded', async () => {
  const fetch = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status: 404 }));
  const failure = fetchPublicWeights('efficientnet-b4', recordedTerminal());
  await expect(failure).rejects.toThrow(`put the file (SHA-256 6ed6700e...) at ${join(folder, 'cache', 'weights', 'efficientnet-b4-6ed6700e.pth')}, or name it with --weights FILE`);
  await expect(failure).rejects.toThrow(/^cannot download https:[^\n]*$/);
  fetch.mockRestore();
});

it('knows no weights of a network that nobody published', async () => {
  await expect(fetchPublicWeights('net', recordedTerminal())).rejects.toThrow('net: no public weights are known; give a file with --weights');
});
