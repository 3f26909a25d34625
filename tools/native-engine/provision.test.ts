import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeEngineFolder, tfjsVersion } from '../../packages/engine/src/node/native/engine-folder.js';
import { writeManifest } from './manifest.mjs';
import * as versions from './versions.mjs';

describe('npm run engine:native', () => {
  let cache: string;
  let folder: string;
  const kept = process.env['BLEMISH_CACHE'];
  const provision = (...parameters: string[]): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [join(__dirname, 'provision.mjs'), ...parameters], {
      encoding: 'utf8',
      env: { ...process.env, BLEMISH_CACHE: cache },
    });

  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'blemish-cache-'));
    process.env['BLEMISH_CACHE'] = cache;
    folder = nativeEngineFolder();
  });
  afterEach(() => {
    if (kept === undefined) delete process.env['BLEMISH_CACHE'];
    else process.env['BLEMISH_CACHE'] = kept;
    rmSync(cache, { recursive: true });
  });

  it('installs the version that the packages are held to', () => {
    const { dependencies } = JSON.parse(readFileSync(join(__dirname, '../../packages/engine/package.json'), 'utf8'));
    expect([tfjsVersion, versions.tfjsVersion]).toEqual([dependencies['@tensorflow/tfjs-core'], dependencies['@tensorflow/tfjs-core']]);
  });

  it('leaves a complete engine alone, in the folder where the engine package looks', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'file'), 'content');
    await writeManifest(folder, {});
    const { status, stdout } = provision();
    // This one holds no library that kernels of ours could be linked to.
    const [engine, kernels, ...rest] = stdout.split('\n');
    expect(engine).toBe(`engine:native: ${folder} is complete: every file has the hash it was installed with`);
    expect(kernels).toMatch(/^engine:native: our own kernels need .*, which is not there: the engine works without them, slower$/);
    expect(rest).toEqual(['']);
    expect(status).toBe(0);
  });

  it('says in one line what failed, and leaves nothing behind', () => {
    const { status, stderr } = provision('--wheel', 'no-such.whl');
    expect(stderr).toMatch(/^engine:native: .*(there is no file no-such\.whl|a C\+\+ compiler|no TensorFlow wheel is known).*\n$/);
    expect(status).toBe(1);
    expect(existsSync(folder)).toBe(false);
    expect(provision('--source', 'elsewhere').stderr).toBe('engine:native: --source: expected npm or pypi, got elsewhere\n');
  });

  it('removes what an installation that was killed has left', () => {
    const left = join(folder, '..', '.making-4194304');
    mkdirSync(left, { recursive: true });
    provision('--wheel', 'no-such.whl');
    expect(existsSync(left)).toBe(false);
  });
});
