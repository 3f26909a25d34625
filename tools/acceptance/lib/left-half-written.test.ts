import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '@blemish/weights';
import { leftHalfWritten } from './left-half-written.mjs';
import { encodePng } from './png.mjs';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'half-written-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const tensors = writeSafetensors([['a', { dtype: 'F32', shape: [3], data: Float32Array.of(1, 2, 3) }]]);
const png = encodePng({ width: 2, height: 2, channels: 1 }, new Uint8Array(4));

describe('leftHalfWritten', () => {
  it('is content with whole files and with no folder', () => {
    writeFileSync(join(folder, 'a.json'), '{}');
    writeFileSync(join(folder, 'a.csv'), 'x\n1\n');
    writeFileSync(join(folder, 'a.safetensors'), tensors);
    writeFileSync(join(folder, 'a.png'), png);
    expect(leftHalfWritten(folder)).toEqual([]);
    expect(leftHalfWritten(join(folder, 'nowhere'))).toEqual([]);
  });

  it.each([
    ['.a.json.host-1-1.tmp', '{}', 'temporary'],
    ['a.json', '{"a":', 'JSON'],
    ['a.csv', 'x\n1', 'within a line'],
    ['a.tiff', '', 'empty'],
    ['a.safetensors', tensors.subarray(0, -4), 'another length'],
    ['a.safetensors', tensors.subarray(0, 5), 'another length'],
    ['a.png', png.subarray(0, -6), 'no end'],
  ])('finds %s at any depth', (name, data, fault) => {
    mkdirSync(join(folder, 'below'));
    writeFileSync(join(folder, 'below', name), data);
    expect(leftHalfWritten(folder)).toEqual([expect.stringContaining(fault)]);
  });
});
