import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodePng } from '@blemish/images';
import ndarray from 'ndarray';

/** A fresh folder for one suite, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'blemish-datasets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files of these names below a folder, with the folders they need; empty ones do where only names count. */
export function writeFiles(folder: string, names: readonly string[], content: string | Uint8Array = ''): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A gray PNG of one level. */
export async function grayPng(height: number, width: number, level = 128): Promise<Uint8Array> {
  return encodePng(ndarray(new Uint8Array(height * width).fill(level), [height, width]));
}
