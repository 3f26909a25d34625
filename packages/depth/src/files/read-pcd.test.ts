import { deflateLzf, mulberry32, uniformTensor, writePcd, type PcdParts } from '@blemish-tools/jest';
import fc from 'fast-check';
import { readCloudGrid, sniffCloudFormat } from './cloud-file.js';
import { inflateLzf, lzfRatio } from './lzf.js';
import { readPcd } from './read-pcd.js';

const small: PcdParts = { rows: 2, columns: 3, points: Array.from({ length: 18 }, (_, i) => i / 4) };
const storages = ['ascii', 'binary', 'binary_compressed'] as const;

describe('readPcd', () => {
  it('reads every storage and type', () => {
    const side = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(...storages), fc.constantFrom('F4', 'F8', 'I2'), fc.boolean(), (more, columns, data, type, further) => {
        const rows = more + 1;
        const points = uniformTensor(rows * 9 + columns, rows * columns * 3, -5, 5).map((v) => (type === 'I2' ? Math.round(v) + 0 : v));
        const file = writePcd({ rows, columns, points, data, type: type as 'F4', more: further });
        const cloud = readPcd(file, 'a.pcd');
        expect(cloud.shape).toEqual([rows, columns, 3]);
        expect([...cloud.data]).toEqual([...points]);
        expect(readCloudGrid(file, 'a.pcd')).toEqual([rows, columns]);
        expect(sniffCloudFormat(file)).toBe('PCD');
      }),
    );
  });

  it('reads a missing point, which is NaN, and a header of version 0.5', () => {
    const points = [Number.NaN, Number.NaN, Number.NaN, 1, 2, 3];
    for (const data of storages) expect([...readPcd(writePcd({ rows: 2, columns: 1, points, data }), 'a').data]).toEqual(points);
    const old = Buffer.from(writePcd(small)).toString().replace(/^#.*\n/, '').replace('FIELDS', 'COLUMNS').replace(/COUNT.*\n/, '').replace(/POINTS.*\n/, '');
    expect([...readPcd(Buffer.from(old), 'a').data]).toEqual(small.points);
  });

  it.each(storages)('refuses unorganised points, saying how many: %s', (data) => {
    const file = writePcd({ ...small, data, lie: { WIDTH: '6', HEIGHT: '1' } });
    expect(() => readPcd(file, 'part.pcd')).toThrow(
      "part.pcd: an unorganised cloud of 6 points (HEIGHT 1, WIDTH 6); an organised one, in the sensor's rows and columns, is needed",
    );
  });

  it.each(storages)('refuses a header that claims 10^9 points before it allocates: %s', (data) => {
    const file = writePcd({ ...small, data, lie: { WIDTH: '500000000', POINTS: '1000000000' } });
    expect(() => readPcd(file, 'part.pcd')).toThrow(/^part\.pcd: its header says 2 rows of 500000000 points, \d+ bytes cannot hold them$/);
  });

  it.each(storages)('refuses a file that ends early, wherever: %s', (data) => {
    const file = writePcd({ ...small, data, more: true });
    for (let length = 0; length < file.length - (data === 'ascii' ? 2 : 0); length++) {
      expect(() => readPcd(file.subarray(0, length), 'cut.pcd')).toThrow(/^cut\.pcd: [^\n]+$/);
    }
  });

  it.each([
    [{ HEIGHT: '-2' }, 'expected a whole number for HEIGHT, got "-2"'],
    [{ WIDTH: '4' }, 'its header says 6 points in 2 rows of 4'],
    [{ FIELDS: 'x y depth' }, 'its points have no field z'],
    [{ COUNT: '1 1 2' }, 'its points have no field z'],
    [{ COUNT: '1 1' }, 'expected a whole number for the COUNT of "z", got ""'],
    [{ SIZE: '4 4 3' }, 'field "z" is of type "F" and size "3"'],
    [{ TYPE: 'F F constructor' }, 'field "z" is of type "constructor" and size "4"'],
    [{ DATA: 'zipped' }, 'data stored as "zipped"; ascii, binary, binary_compressed are read'],
  ])('refuses a header of %j', (lie, message) => {
    expect(() => readPcd(writePcd({ ...small, lie }), 'part.pcd')).toThrow(`part.pcd: ${message}`);
  });

  it('refuses what is none, and compressed data of another length than the points', () => {
    expect(() => readPcd(Buffer.from('# a text'), 'a.pcd')).toThrow('a.pcd: not a PCD file');
    const file = writePcd({ ...small, data: 'binary_compressed' });
    const start = Buffer.from(file).indexOf('binary_compressed\n') + 18;
    const view = new DataView(file.buffer);
    view.setUint32(start + 4, 73, true);
    expect(() => readPcd(file, 'a.pcd')).toThrow('a.pcd: its compressed data hold 73 bytes, its points have 72');
    view.setUint32(start + 4, 72, true);
    view.setUint32(start, 5, true);
    expect(() => readPcd(file, 'a.pcd')).toThrow(/^a\.pcd: its compressed data [^\n]+$/);
  });
});

describe('inflateLzf', () => {
  it('takes back what was deflated: noise, runs, repetitions', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1500 }), fc.integer({ min: 1, max: 256 }), (seed, length, levels) => {
        const draw = mulberry32(seed);
        const data = Uint8Array.from({ length }, (_, i) => (i % 100 < 50 ? i / 300 : levels * draw()));
        expect(Buffer.compare(inflateLzf(deflateLzf(data), length), data)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('makes at most 88 bytes out of one', () => {
    const zeros = new Uint8Array(264 * 50 + 1);
    expect(zeros.length / (deflateLzf(zeros).length - 2)).toBeCloseTo(lzfRatio + 1 / 150, 9);
  });
});
