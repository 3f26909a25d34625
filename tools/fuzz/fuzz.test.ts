import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inputAt } from './lib/mutate.mjs';
import { tryInput } from './lib/try-input.mjs';

const folder = mkdtempSync(join(tmpdir(), 'blemish-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fuzz = (...parameters: string[]) => spawnSync(process.execPath, [join(__dirname, 'run.mjs'), ...parameters], { encoding: 'utf8' });

describe('the fuzzer', () => {
  it.each([
    [['--format', 'jpeg'], "fuzz: --format: expected tiff, ply, pcd, npy, got 'jpeg'\n"],
    [['--format'], 'fuzz: --format: a value is missing\n'],
    [['--format', 'npy', '--seconds', 'ten'], "fuzz: --seconds: expected a whole number, got 'ten'\n"],
    [['--fast'], "fuzz: unknown option '--fast'\n"],
  ])('refuses %j with one line and exit code 2', (parameters, stderr) => {
    expect(fuzz(...parameters)).toMatchObject({ status: 2, stderr });
  });

  it.each(['tiff', 'ply', 'pcd', 'npy'])('finds nothing in a second of %s', (format) => {
    const { status, stdout } = fuzz('--format', format, '--seconds', '1', '--out', folder);
    expect(stdout).toMatch(new RegExp(`^fuzz ${format}, seed 0: [1-9]\\d* inputs in 1 s, .*; 0 findings\n$`));
    expect(status).toBe(0);
  });
});

describe('an input is judged', () => {
  const bytes = new Uint8Array(100);
  const finding = async (read: () => Promise<{ shape: readonly number[]; data: ArrayLike<number> }>) => (await tryInput('npy', read, bytes)).finding;
  const fails = (error: unknown) => finding(() => Promise.reject(error));

  it('fine where it is read, or refused with one line that begins with its name', async () => {
    expect(await finding(async () => ({ shape: [2, 3], data: new Float32Array(6) }))).toBeUndefined();
    expect(await fails(new Error('input.bin: too short'))).toBeUndefined();
    expect(await fails(new Error('input.bin: broken', { cause: Object.assign(new RangeError('zlib'), { code: 'ERR_BUFFER_TOO_LARGE' }) }))).toBeUndefined();
  });

  it('bad where the error is another, a slip, or memory is spent', async () => {
    expect(await fails(new Error('too short'))).toContain('error without the name: Error: too short');
    expect(await fails(new Error('input.bin: too\nshort'))).toContain('error of several lines');
    expect(await fails(new Error(`input.bin: ${'x'.repeat(500)}`))).toContain('error of 511 characters');
    expect(await fails('text')).toBe('threw text');
    expect(await fails(new Error('input.bin: broken', { cause: new TypeError('x is undefined') }))).toContain('a slip: TypeError: x is undefined');
    expect(await finding(async () => ({ shape: [2, 3], data: [1] }))).toBe('read 1 values for the shape 2,3');
    expect(await finding(async () => ({ shape: [2e6], data: new Float32Array(2e6) }))).toMatch(/^allocated \d{7} bytes for a file of 100, allowed 1056$/);
  });

  it('made anew from its number', () => {
    const seeds = [Uint8Array.of(1, 2, 3), new Uint8Array(50)];
    for (let index = 0; index < 500; index++) expect(inputAt(seeds, 7, index)).toEqual(inputAt(seeds, 7, index));
    expect(new Set(Array.from({ length: 500 }, (_, index) => String(inputAt(seeds, 7, index)))).size).toBeGreaterThan(300);
    expect(seeds).toEqual([Uint8Array.of(1, 2, 3), new Uint8Array(50)]);
  });
});
