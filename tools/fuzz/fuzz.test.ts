import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
