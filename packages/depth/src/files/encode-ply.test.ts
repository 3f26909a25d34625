import ndarray from 'ndarray';
import { encodePly } from './encode-ply.js';

/** Header lines and the data behind them. */
function parts(file: Uint8Array): { lines: string[]; data: DataView } {
  const bytes = Buffer.from(file);
  const end = bytes.indexOf('end_header\n') + 11;
  return { lines: bytes.toString('latin1', 0, end).trim().split('\n'), data: new DataView(file.buffer, file.byteOffset + end) };
}

// Four points: measured, missing, NaN in x, measured.
const cloud = ndarray(Float32Array.of(1, 2, 3, 0, 0, 0, Number.NaN, 5, 6, 7, 8, -9), [2, 2, 3]);

describe('encodePly', () => {
  it('writes the measured points, their colours and scores', () => {
    const colours = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);
    const { lines, data } = parts(encodePly(cloud, { colours, scores: Float32Array.of(0.5, 1, 2, 4) }));
    expect(lines).toEqual([
      'ply',
      'format binary_little_endian 1.0',
      'element vertex 2',
      'property float x',
      'property float y',
      'property float z',
      'property uchar red',
      'property uchar green',
      'property uchar blue',
      'property float quality',
      'end_header',
    ]);
    expect(data.byteLength).toBe(2 * 19);
    const row = (at: number): number[] => [
      ...[0, 4, 8].map((k) => data.getFloat32(at + k, true)),
      ...[12, 13, 14].map((k) => data.getUint8(at + k)),
      data.getFloat32(at + 15, true),
    ];
    expect([row(0), row(19)]).toEqual([
      [1, 2, 3, 0, 20, 40, 0.5],
      [7, 8, -9, 180, 200, 220, 4],
    ]);
  });

  it('writes points alone, of a turned view too, and none where nothing was measured', () => {
    const { lines, data } = parts(encodePly(cloud.transpose(1, 0, 2)));
    expect(lines).not.toContain('property uchar red');
    expect(Array.from({ length: data.byteLength / 4 }, (_, i) => data.getFloat32(i * 4, true))).toEqual([1, 2, 3, 7, 8, -9]);
    const last = parts(encodePly(cloud.lo(1, 1, 0)));
    expect(last.data.getFloat32(0, true)).toBe(7);
    expect(parts(encodePly(ndarray(new Float32Array(12), [2, 2, 3]))).lines).toContain('element vertex 0');
  });

  it('refuses other shapes', () => {
    expect(() => encodePly(ndarray(new Float32Array(8), [2, 2, 2]))).toThrow('encodePly: expected a cloud [H,W,3], got [2,2,2]');
    expect(() => encodePly(cloud, { colours: new Uint8Array(4) })).toThrow('encodePly: expected 12 colour levels, got 4');
    expect(() => encodePly(cloud, { scores: new Float32Array(3) })).toThrow('encodePly: expected 4 scores, got 3');
  });
});
