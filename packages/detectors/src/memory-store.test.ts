import { createMemoryStore } from './memory-store.js';

describe('createMemoryStore', () => {
  it('gives back what was put', async () => {
    const store = createMemoryStore();
    await store.put('a', Float32Array.of(1, 2));
    expect(await store.get('a')).toEqual(Float32Array.of(1, 2));
    expect(await store.get('b')).toBeUndefined();
  });

  it('forgets the least recently used array beyond its limit', async () => {
    const store = createMemoryStore({ limitBytes: 16 });
    await store.put('a', new Float32Array(2));
    await store.put('b', new Float32Array(2));
    await store.get('a');
    await store.put('c', new Float32Array(2));
    expect(await store.get('b')).toBeUndefined();
    expect(await store.get('a')).toBeDefined();
    expect(await store.get('c')).toBeDefined();
  });

  it('does not keep an array that is larger than its limit', async () => {
    const store = createMemoryStore({ limitBytes: 4 });
    await store.put('a', new Float32Array(2));
    expect(await store.get('a')).toBeUndefined();
  });

  it('counts an array that is put again once', async () => {
    const store = createMemoryStore({ limitBytes: 16 });
    await store.put('a', new Float32Array(2));
    await store.put('b', new Float32Array(2));
    await store.put('b', new Float32Array(2));
    expect(await store.get('a')).toBeDefined();
  });
});
