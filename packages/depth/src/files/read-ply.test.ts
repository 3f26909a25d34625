import { uniformTensor, writePly, type PlyParts } from '@blemish-tools/jest';
import fc from 'fast-check';
import { readCloudGrid, sniffCloudFormat } from './cloud-file.js';
import { encodePly } from './encode-ply.js';
import { readPly } from './read-ply.js';

const small: PlyParts = { rows: 2, columns: 3, points: Array.from({ length: 18 }, (_, i) => (i % 5 === 0 ? 0 : i / 4)) };
const formats = ['ascii', 'binary_little_endian', 'binary_big_endian'] as const;

describe('readPly', () => {
  it('reads every format, type and way of telling the grid', () => {
    const side = fc.integer({ min: 1, max: 6 });
    const grid = fc.constantFrom('obj_info', 'comment', 'range_grid');
    const newline = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(side, side, fc.constantFrom(...formats), fc.constantFrom('f4', 'f8', 'i2'), grid, fc.boolean(), newline, (rows, columns, format, type, how, more, end) => {
        const points = uniformTensor(rows * 7 + columns, rows * columns * 3, -3, 3).map((v) => (type === 'i2' ? Math.round(v) : v));
        for (let i = 0; i < points.length; i += 9) points.fill(0, i, i + 3);
        const file = writePly({ rows, columns, points, format, type: type as 'f4', grid: how as 'comment', more, newline: format === 'ascii' ? end : '\n' });
        const cloud = readPly(file, 'a.ply');
        expect(cloud.shape).toEqual([rows, columns, 3]);
        const want = Array.from(points, (v, i) => (how === 'range_grid' && points[i - (i % 3) + 2] === 0 ? 0 : v));
        expect([...cloud.data].map((v) => v + 0)).toEqual(want.map((v) => v + 0));
        expect(readCloudGrid(file, 'a.ply')).toEqual([rows, columns]);
        expect(sniffCloudFormat(file)).toBe('PLY');
      }),
    );
  });

  it('reads NaN and infinity as they are', () => {
    const points = [1, 2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3];
    for (const format of formats) expect([...readPly(writePly({ rows: 1, columns: 2, points, format }), 'a').data]).toEqual(points);
  });

  it.each(formats)('refuses unorganised points, saying how many: %s', (format) => {
    expect(() => readPly(writePly({ ...small, format, grid: 'none' }), 'part.ply')).toThrow(
      "part.ply: an unorganised cloud of 6 points (its header has no obj_info num_rows and num_cols); an organised one, in the sensor's rows and columns, is needed",
    );
    expect(() => readPly(writePly({ ...small, format, claim: 5 }), 'part.ply')).toThrow('an unorganised cloud of 5 points (its header says 2 rows and 3 columns of 5 cells)');
  });

  it.each(formats)('refuses a header that claims 10^9 points before it allocates: %s', (format) => {
    const text = Buffer.from(writePly({ ...small, format, claim: 1e9 })).toString('latin1').replace('num_cols 3', 'num_cols 500000000');
    expect(() => readPly(Buffer.from(text, 'latin1'), 'part.ply')).toThrow(/^part\.ply: its header says 1000000000 of "vertex", \d+ bytes cannot hold them$/);
  });

  it.each(formats)('refuses a file that ends early, wherever: %s', (format) => {
    const file = writePly({ ...small, format, grid: 'range_grid', more: true });
    for (let length = 0; length < file.length - (format === 'ascii' ? 2 : 0); length++) {
      expect(() => readPly(file.subarray(0, length), 'cut.ply')).toThrow(/^cut\.ply: [^\n]+$/);
    }
  });

  it.each([
    ['format ascii 1.0', 'format xml 1.0', 'format "xml" is not known; ascii, binary_little_endian, binary_big_endian are'],
    ['format ascii 1.0\n', '', 'its header names no format'],
    ['element vertex 6', 'element vertex six', 'expected a whole number for the number of "vertex", got "six"'],
    ['element vertex 6', 'element corner 6', 'it has no element vertex'],
    ['property float z', 'property float w', 'its vertices have no property z'],
    ['property float z', 'property quaternion z', 'properties of type "quaternion" are not known'],
    ['property float z', 'property list uchar float z', 'its vertices have no property z'],
    ['element vertex 6', 'property float a\nelement vertex 6', 'a property before the first element'],
    ['element vertex 6', 'element nothing 1000000000\nelement vertex 6', 'its element "nothing" has no properties'],
    ['0 0.25 0.5', '0 zero 0.5', 'expected a number in its data, got "zero"'],
    ['0 0.25 0.5', '0 0x10 0.5', 'expected a number in its data, got "0x10"'],
    ['0 0.25 0.5', `0 ${'1'.repeat(100)} 0.5`, 'expected a number in its data, got "1111'],
    ['end_header\n', `comment ${'x'.repeat(70000)}\nend_header\n`, 'its header is longer than 65536 bytes'],
    ['element vertex 6', 'element \u0000\u00d0vertex\u0001 x', 'expected a whole number for the number of "??vertex?", got "x"'],
    ['ply\n', 'plywood\n', 'not a PLY file'],
  ])('refuses %j as %j', (from, to, message) => {
    const text = Buffer.from(writePly(small)).toString();
    expect(text).toContain(from);
    expect(() => readPly(Buffer.from(text.replace(from, to), 'latin1'), 'part.ply')).toThrow(`part.ply: ${message}`);
  });

  it('refuses a grid that points at a vertex that is not there', () => {
    const text = Buffer.from(writePly({ ...small, grid: 'range_grid' })).toString();
    expect(() => readPly(Buffer.from(text.replace(/1 4 \n$/, '1 9 \n')), 'part.ply')).toThrow('part.ply: its range_grid points at vertex 9 of');
    expect(() => readPly(Buffer.from(text.replace(/1 4 \n$/, '1 -2 \n')), 'part.ply')).toThrow('part.ply: its range_grid points at vertex -2');
  });

  it('does not read what encodePly wrote, which has lost its rows and columns', () => {
    expect(() => readPly(encodePly(readPly(writePly(small), 'a')), 'a.ply')).toThrow('a.ply: an unorganised cloud of');
  });
});
