import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createFeatureCache, type FeatureCache } from './create-feature-cache.js';
import { decodeFeatureFile, encodeFeatureFile } from './feature-file.js';
import { createSmallDisk } from './testing/small-disk.js';
import { createChildren, killAfterOutput } from './testing/spawn-child.js';
import { removeTemporaryFolders, temporaryFolder } from './testing/temporary-folder.js';

afterAll(removeTemporaryFolders);

const values = Float32Array.of(1.5, -0, NaN, Infinity, 1e-40);

function cacheIn(folder: string, limitBytes = 2 ** 30): FeatureCache & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return { ...createFeatureCache({ folder, limitBytes, onWarning: (line) => warnings.push(line) }), warnings };
}

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

describe('feature files', () => {
  it('give back key and values, bit for bit (law)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.float32Array({ maxLength: 20 }), (key, array) => {
        const decoded = decodeFeatureFile(encodeFeatureFile(key, array), key) as Float32Array;
        expect(new Uint8Array(decoded.buffer)).toEqual(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      }),
    );
  });

  it('are refused with any byte changed, cut off or added, and under another key (law)', () => {
    const whole = encodeFeatureFile('backbone b4, image 7', values);
    for (let at = 0; at < whole.length; at++) {
      const flipped = whole.slice();
      flipped[at] = (flipped[at] as number) ^ (1 << at % 8);
      expect(decodeFeatureFile(flipped, 'backbone b4, image 7')).toBeUndefined();
      expect(decodeFeatureFile(whole.subarray(0, at), 'backbone b4, image 7')).toBeUndefined();
    }
    expect(decodeFeatureFile(Uint8Array.of(...whole, 0), 'backbone b4, image 7')).toBeUndefined();
    expect(decodeFeatureFile(whole, 'backbone b4, image 8')).toBeUndefined();
  });
});

describe('createFeatureCache', () => {
  it('keeps arrays across processes, bit for bit, and makes its folder when it needs one', async () => {
    const folder = join(temporaryFolder(), 'deep', 'features');
    const first = cacheIn(folder);
    expect(await first.get('a')).toBeUndefined();
    await first.put('a', values);
    await first.put('empty', new Float32Array());
    const second = cacheIn(folder);
    const found = (await second.get('a')) as Float32Array;
    expect(new Uint32Array(found.buffer)).toEqual(new Uint32Array(values.buffer));
    expect(await second.get('empty')).toEqual(new Float32Array());
    expect(second.stats()).toEqual({ hits: 2, misses: 0, damaged: 0, evicted: 0 });
    expect([...first.warnings, ...second.warnings]).toEqual([]);
  });

  it('counts a damaged file as a miss and removes it', async () => {
    const folder = temporaryFolder();
    const cache = cacheIn(folder);
    await cache.put('a', values);
    const path = join(folder, readdirSync(folder)[0] as string);
    writeFileSync(path, readFileSync(path).subarray(0, -3));
    expect(await cache.get('a')).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
    expect(cache.stats()).toEqual({ hits: 0, misses: 1, damaged: 1, evicted: 0 });
  });

  it('stays below its limit by forgetting what was used longest ago', async () => {
    const folder = temporaryFolder();
    const array = new Float32Array(1000);
    const one = encodeFeatureFile('00', array).length;
    const cache = cacheIn(folder, 10 * one);
    const key = (i: number): string => String(i).padStart(2, '0');
    for (let i = 0; i < 10; i++) await cache.put(key(i), array);
    expect(sizeOf(folder)).toBe(10 * one);
    // Files of one millisecond have no order: give them one.
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1000, 1000);
    for (const i of [0, 3, 7]) expect(await cache.get(key(i))).toEqual(array);
    for (let i = 10; i < 16; i++) await cache.put(key(i), array);
    expect(sizeOf(folder)).toBeLessThanOrEqual(10 * one);
    for (const i of [0, 3, 7, 15]) expect(await cache.get(key(i))).toEqual(array);
    expect(cache.stats().evicted).toBeGreaterThanOrEqual(6);
  });

  it('bounds what another cache left, does not keep what could never fit, and leaves foreign files alone', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const big = cacheIn(folder);
    for (let i = 0; i < 20; i++) await big.put(String(i), new Float32Array(1000));
    const small = cacheIn(folder, 10_000);
    await small.put('next', new Float32Array(1000));
    expect(sizeOf(folder)).toBeLessThanOrEqual(10_000 + 4);
    await small.put('huge', new Float32Array(5000));
    expect(await small.get('huge')).toBeUndefined();
    expect(await small.get('next')).toBeDefined();
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    expect(small.warnings).toEqual([]);
  });

  it('goes on without keeping anything on a full disk, and says so once', async () => {
    const disk = createSmallDisk();
    try {
      const warnings: string[] = [];
      const options = { folder: join(disk.folder, 'f'), limitBytes: 2 ** 30, onWarning: (line: string) => warnings.push(line), write: disk.write };
      const cache = createFeatureCache(options);
      for (let i = 0; i < 3; i++) await cache.put(String(i), new Float32Array(50_000));
      expect(await cache.get('0')).toBeUndefined();
      expect(warnings).toEqual([expect.stringMatching(/the disk is full.*results stay the same$/)]);
      expect(readdirSync(options.folder)).toEqual([]);
    } finally {
      disk.remove();
    }
  });

  it('goes on where its folder cannot be one, or disappears', async () => {
    const parent = temporaryFolder();
    writeFileSync(join(parent, 'file'), '');
    const blocked = cacheIn(join(parent, 'file'));
    await blocked.put('a', values);
    expect(await blocked.get('a')).toBeUndefined();
    expect(blocked.warnings.length).toBeGreaterThan(0);

    const folder = join(parent, 'features');
    const cache = cacheIn(folder);
    await cache.put('a', values);
    rmSync(folder, { recursive: true });
    expect(await cache.get('a')).toBeUndefined();
    await cache.put('a', values);
    expect(await cache.get('a')).toEqual(values);
    mkdirSync(folder, { recursive: true });
  });

  it('shared by two processes, one of them killed again and again, gives right bits or none, and sweeps up', async () => {
    const folder = temporaryFolder();
    const children = createChildren();
    try {
      const writer = `
        const cache = storage.createFeatureCache({ folder: ${JSON.stringify(folder)}, limitBytes: 40e6 });
        for (let i = 0; ; i = (i + 1) % 20) {
          await cache.put('key ' + i, new Float32Array(2 ** 19).fill(i));
          const found = await cache.get('key ' + (i + 7) % 20);
          if (found && !found.every((value) => value === (i + 7) % 20)) throw new Error('wrong bits');
          if (i === 1) console.log('going');
        }`;
      const cache = cacheIn(folder, 40e6);
      let hits = 0;
      for (let round = 0; round < 4; round++) {
        const child = children.start(writer);
        const killed = killAfterOutput(child, 30 + 11 * round);
        for (let i = 0; i < 20; i++) {
          const found = await cache.get(`key ${i}`);
          if (!found) await cache.put(`key ${i}`, new Float32Array(2 ** 19).fill(i));
          else if (found.length === 2 ** 19 && found.every((value) => value === i)) hits += 1;
          else throw new Error(`wrong bits under key ${i}`);
        }
        await killed;
      }
      await cacheIn(folder, 40e6).put('key 0', new Float32Array(2 ** 19));
      expect(hits).toBeGreaterThan(0);
      expect(cache.stats().damaged).toBe(0);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      expect(sizeOf(folder)).toBeLessThanOrEqual(40e6);
      expect(cache.warnings).toEqual([]);
    } finally {
      children.remove();
    }
  });
});
