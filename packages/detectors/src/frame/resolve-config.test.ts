import { z } from 'zod';
import { presetOf, resolveConfig } from './resolve-config.js';

const schema = z.strictObject({ a: z.int(), deep: z.strictObject({ b: z.string(), list: z.array(z.int()) }), way: z.union([z.literal('one'), z.strictObject({ share: z.number() })]) });
const preset: z.infer<typeof schema> = { a: 1, deep: { b: 'x', list: [1, 2] }, way: 'one' };

describe('resolveConfig', () => {
  it('replaces settings by name, later ones winning, and lists whole; the preset stays', () => {
    const before = structuredClone(preset);
    expect(resolveConfig(schema, preset, [{ deep: { list: [3] } }, undefined, { a: 2 }, { a: 3 }])).toEqual({ a: 3, deep: { b: 'x', list: [3] }, way: 'one' });
    expect(preset).toEqual(before);
  });

  it('puts a record in the place of a word, and a word in that of a record', () => {
    expect(resolveConfig(schema, preset, [{ way: { share: 0.5 } }]).way).toEqual({ share: 0.5 });
    expect(resolveConfig(schema, preset, [{ way: { share: 0.5 } }, { way: 'one' }]).way).toBe('one');
  });

  it('leaves alone what is undefined', () => {
    expect(resolveConfig(schema, preset, [{ a: undefined, deep: { b: undefined } }])).toEqual(preset);
  });

  it.each([
    [{ a: 1.5 }, "configuration 'a': "],
    [{ deep: { b: 1 } }, "configuration 'deep.b': "],
    [{ c: 1 }, 'configuration: Unrecognized key: "c"'],
    ['fast', 'configuration: '],
  ])('refuses %j in one line', (override, message) => {
    expect(() => resolveConfig(schema, preset, [override])).toThrow(message);
    expect(() => resolveConfig(schema, preset, [override])).toThrow(/^[^\n]+$/);
  });
});

describe('presetOf', () => {
  it('gives the name where there is one, and says which there are', () => {
    expect(presetOf('b', ['a', 'b'])).toBe('b');
    expect(() => presetOf('c', ['a', 'b'])).toThrow("preset: expected one of a, b, got 'c'");
  });
});
