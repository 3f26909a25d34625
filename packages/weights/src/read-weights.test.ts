import { readWeights } from './read-weights.js';
import { tensorsBelow, unwrapStateDict } from './unwrap-state-dict.js';
import type { WeightArray } from './weight-array.js';
import { writeSafetensors } from './write-safetensors.js';
import { checkpoints } from '@blemish-tools/jest';

const { legacyCheckpoint, pickle, storage, tensor, dict, zipCheckpoint } = checkpoints;

const array: WeightArray = { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) };
const bytes = new Uint8Array(array.data.buffer);
const root = pickle(dict({ a: tensor(storage('FloatStorage', '0', 2), 0, [2], [1]) }));

describe('readWeights', () => {
  it.each([
    ['safetensors', writeSafetensors([['a', array]])],
    ['a zip checkpoint', zipCheckpoint(root, { 0: bytes })],
    ['a legacy checkpoint', legacyCheckpoint(root, [['0', 2, bytes]])],
  ])('knows %s by its first bytes', (_, file) => {
    expect([...readWeights(file).tensors]).toEqual([['a', array]]);
  });

  it('says what a file of another format begins with', () => {
    expect(() => readWeights(new TextEncoder().encode('<!DOCTYPE html>\n'), 'w.pth')).toThrow(
      'w.pth: expected a safetensors file or a PyTorch checkpoint, but it begins with "<!DOCTYPE html>\\n"',
    );
    expect(() => readWeights(new Uint8Array(), 'w.pth')).toThrow(/^w\.pth: .* but it is empty$/);
  });
});

describe('unwrapStateDict', () => {
  const named = (...names: string[]): Map<string, WeightArray> => new Map(names.map((name) => [name, array]));

  it('takes off a state_dict beside an optimizer, and prefixes that all names share', () => {
    const wrapped = named('state_dict.module.conv.weight', 'state_dict.module.fc.bias', 'optimizer.state.0.exp_avg');
    expect([...unwrapStateDict(wrapped).keys()]).toEqual(['conv.weight', 'fc.bias']);
    expect([...unwrapStateDict(named('model.a', 'model.b')).keys()]).toEqual(['a', 'b']);
  });

  it('leaves plain names alone', () => {
    const plain = named('model.a', 'head.b');
    expect(unwrapStateDict(plain)).toBe(plain);
    expect(unwrapStateDict(new Map())).toEqual(new Map());
  });

  it('gives the tensors below a prefix that the caller names', () => {
    expect([...tensorsBelow(named('ema.a.b', 'ema_decay', 'x.ema.c'), 'ema').keys()]).toEqual(['a.b']);
  });
});
