import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkManifest, writeManifest } from './manifest.mjs';

describe('the manifest of an installed engine', () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'blemish-manifest-'));
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, 'lib', 'a'), 'one');
    writeFileSync(join(folder, 'b'), 'two');
    await writeManifest(folder, { source: 'test' });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('says nothing of a folder that is as it was written', async () => {
    expect(await checkManifest(folder)).toBeUndefined();
  });

  it('names what is wrong with a folder', async () => {
    appendFileSync(join(folder, 'lib', 'a'), 'more');
    expect(await checkManifest(folder)).toBe('lib/a has 7 bytes in place of 3');
    writeFileSync(join(folder, 'lib', 'a'), 'uno');
    expect(await checkManifest(folder)).toBe('lib/a has other content than was installed');
    rmSync(join(folder, 'lib', 'a'));
    expect(await checkManifest(folder)).toBe('lib/a is missing');
    writeFileSync(join(folder, 'manifest.json'), '{');
    expect(await checkManifest(folder)).toBe('it has no readable manifest');
    rmSync(join(folder, 'manifest.json'));
    expect(await checkManifest(folder)).toBe('it has no readable manifest');
  });
});
