import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeFloatTiff, encodePng } from '@blemish/images';
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

/** A float TIFF of one value, as a depth map in metres. */
export function depthTiff(height: number, width: number, metres = 0.5): Uint8Array {
  return encodeFloatTiff(new Float32Array(height * width).fill(metres), [height, width]);
}

/** An .npy file of float32, [H,W] or [H,W,3] (version 1.0 of the format, little-endian). */
export function npy(values: Float32Array, shape: readonly number[]): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const start = 10 + header.length;
  const bytes = Buffer.alloc(start + values.length * 4);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(header.length, 8);
  bytes.write(header, 10, 'latin1');
  values.forEach((value, i) => bytes.writeFloatLE(value, start + i * 4));
  return bytes;
}
