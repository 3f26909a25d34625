import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh folder for the tests of one suite, removed after them. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'blemish-images-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
