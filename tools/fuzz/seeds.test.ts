import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uniformTensor, writeNpy, writePcd, writePly, writeTiff, type NpyParts, type PcdParts, type PlyParts, type TiffParts } from '@blemish-tools/jest';

const [rows, columns] = [4, 6];
// Rounded, so that texts are short; a few points are missing.
const points = Array.from(uniformTensor(9, rows * columns * 3, -1, 2), (v, i) => (Math.floor(i / 3) % 7 === 2 ? 0 : Math.round(v * 64) / 64));
const levels = Array.from({ length: rows * columns }, (_, i) => 9 * i);
const tall = Array.from({ length: 20 * 17 }, (_, i) => (i % 20 < 12 ? 0.5 : Math.round(500 * Math.sin(i)) / 512));

const tiffs: Readonly<Record<string, TiffParts>> = {
  cloud: { width: columns, height: rows, samples: 3, values: points },
  'cloud big-endian': { width: columns, height: rows, samples: 3, values: points, bigEndian: true },
  'cloud planar': { width: columns, height: rows, samples: 3, values: points, planar: true, rowsPerStrip: 2 },
  'cloud strips': { width: columns, height: rows, samples: 3, values: points, rowsPerStrip: 1 },
  'cloud deflate': { width: columns, height: rows, samples: 3, values: points, compression: 'deflate', predictor: 3, rowsPerStrip: 3 },
  'cloud LZW': { width: columns, height: rows, samples: 3, values: points, compression: 'lzw', predictor: 2 },
  'cloud BigTIFF': { width: columns, height: rows, samples: 3, values: points, bigTiff: true, rowsPerStrip: 2 },
  'map tiles LZW': { width: 20, height: 17, values: tall, tile: [16, 16], compression: 'lzw', predictor: 3 },
  'map PackBits': { width: 20, height: 17, values: tall, compression: 'packbits', bigEndian: true, rowsPerStrip: 5 },
  'map doubles deflate': { width: 20, height: 17, values: tall, type: 'f64', compression: 'deflate' },
  'levels of 16 bits': { width: columns, height: rows, values: levels, type: 'u16', bigEndian: true, compression: 'lzw', predictor: 2 },
  'flat levels deflate': { width: 150, height: 90, values: new Uint8Array(13500), type: 'u8', compression: 'deflate' },
  'flat levels LZW': { width: 150, height: 90, values: new Uint8Array(13500), type: 'u8', compression: 'lzw' },
  'levels of 8 bits': { width: columns, height: rows, values: levels, type: 'u8', compression: 'deflate' },
};
const grid = { rows, columns, points };
const plys: Readonly<Record<string, PlyParts>> = {
  ascii: grid,
  'ascii grid of indices': { ...grid, grid: 'range_grid' },
  'little-endian': { ...grid, format: 'binary_little_endian', more: true },
  'big-endian doubles': { ...grid, format: 'binary_big_endian', type: 'f8', grid: 'comment' },
  'empty grid of indices': { rows: 30, columns: 40, points: new Uint8Array(3600), format: 'binary_little_endian', grid: 'range_grid' },
  'little-endian grid of indices': { ...grid, format: 'binary_little_endian', grid: 'range_grid' },
};
const pcds: Readonly<Record<string, PcdParts>> = {
  ascii: grid,
  'ascii more': { ...grid, more: true },
  binary: { ...grid, data: 'binary' },
  'binary doubles more': { ...grid, data: 'binary', type: 'F8', more: true },
  compressed: { ...grid, data: 'binary_compressed' },
  'compressed zeros': { rows: 30, columns: 40, points: new Uint8Array(3600), data: 'binary_compressed', type: 'I2' },
  'compressed more': { ...grid, data: 'binary_compressed', more: true, points: points.map((_, i) => (i % 3) / 4) },
};
const npys: Readonly<Record<string, NpyParts>> = {
  cloud: { shape: [rows, columns, 3], values: points },
  'cloud Fortran, big-endian doubles': { shape: [rows, columns, 3], values: points, dtype: '>f8', fortran: true },
  'map, version 2': { shape: [rows, columns], values: levels, version: 2 },
  levels: { shape: [rows, columns], values: levels, dtype: '<u2' },
  'wide levels': { shape: [rows, columns], values: levels, dtype: '<i8', version: 3 },
};

function encoded<T>(all: Readonly<Record<string, T>>, write: (parts: T) => Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([name, parts]) => [name, Buffer.from(write(parts)).toString('base64')]));
}

describe('the seeds of the fuzzer', () => {
  it('are what the writers of the tests write (BLEMISH_WRITE_SEEDS=1 writes seeds.json anew)', () => {
    const file = join(__dirname, 'seeds.json');
    const truth = { tiff: encoded(tiffs, writeTiff), ply: encoded(plys, writePly), pcd: encoded(pcds, writePcd), npy: encoded(npys, writeNpy) };
    if (process.env['BLEMISH_WRITE_SEEDS']) writeFileSync(file, `${JSON.stringify(truth, undefined, 1)}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(truth);
  });
});
