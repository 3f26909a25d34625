import { expectClose } from '@blemish-tools/jest';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { backgroundPlane } from './background-plane.js';
import { drawnPart, strided } from './testing/drawn-part.js';

const [height, width] = [40, 50];

function plane([a, b, c]: readonly [number, number, number]): Float64Array {
  return Float64Array.from({ length: height * width }, (_, i) => a * (i % width) + b * Math.floor(i / width) + c);
}

function clear(z: NdArray<Float32Array>, [y0, y1]: [number, number], [x0, x1]: [number, number], value = 0): NdArray<Float32Array> {
  const data = z.data.slice();
  for (let y = y0; y < y1; y++) data.fill(value, y * width + x0, y * width + x1);
  return ndarray(data, [height, width]);
}

const table = [2e-5, -3e-5, 0.6] as const;
const label = { label: 'fixture background', backend: 'pure' };

describe('backgroundPlane, corners', () => {
  it('is the bilinear blend of the means of the corners over their measured pixels', () => {
    const z = drawnPart(height, width, { noise: 0.01, missing: 0 });
    z.data[1] = 0;
    z.data[width] = NaN;
    const at = (y: number, x: number): number => z.data[y * width + x] as number;
    const mean = (...values: number[]): number => values.reduce((a, b) => a + b) / values.length;
    const corner = (y: number, x: number): number => mean(at(y, x), at(y, x + 1), at(y + 1, x), at(y + 1, x + 1));
    const [a, b] = [mean(at(0, 0), at(1, 1)), corner(0, width - 2)];
    const [c, d] = [corner(height - 2, 0), corner(height - 2, width - 2)];
    const want = Float64Array.from({ length: height * width }, (_, i) => {
      const [u, v] = [(i % width) / (width - 1), Math.floor(i / width) / (height - 1)];
      return (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * c + u * d);
    });
    expectClose(backgroundPlane(z).data, want, { ...label, tolerance: 1e-7 });
    expect(backgroundPlane(strided(z))).toEqual(backgroundPlane(z));
  });

  it.each([
    ['top left', [0, 2], [0, 2]],
    ['top right', [0, 2], [width - 2, width]],
    ['bottom left', [height - 2, height], [0, 2]],
    ['bottom right', [height - 2, height], [width - 2, width]],
  ] as const)('puts a missing corner, %s, on the plane through the others', (_, rows, columns) => {
    const z = drawnPart(height, width, { noise: 0, missing: 0, table });
    const holed = clear(z, [...rows], [...columns]);
    // Corner means stand half a pixel inside the corners: the blend is off the plane by that.
    expectClose(backgroundPlane(holed).data, backgroundPlane(z).data, { ...label, tolerance: 2e-7 });
  });

  it('names the corners when two are missing', () => {
    const z = clear(clear(drawnPart(height, width, { missing: 0 }), [0, 2], [0, 2]), [height - 2, height], [0, 2]);
    expect(() => backgroundPlane(z)).toThrow(/^background: .*got none in top left, bottom left; the fit 'border' needs no corner$/);
    expect(() => backgroundPlane(ndarray(new Float32Array(16), [4, 4]))).toThrow(/^background: /);
  });

  it.each([[1, 1], [1, 5], [5, 1], [2, 2], [3, 2]])('is finite on %d x %d', (rows, columns) => {
    const z = ndarray(new Float32Array(rows * columns).fill(0.5), [rows, columns]);
    expect([...backgroundPlane(z).data]).toEqual(new Array(rows * columns).fill(0.5));
  });
});

describe('backgroundPlane, border', () => {
  it('is the table, even where the part covers a corner and a third of the border', () => {
    const covered = clear(drawnPart(height, width, { noise: 0, missing: 0.05, table }), [0, 28], [0, 30], 0.55);
    expectClose(backgroundPlane(covered, { fit: 'border' }).data, plane(table), { ...label, tolerance: 1e-6 });
  });

  it('averages the noise of the table', () => {
    const noisy = drawnPart(height, width, { noise: 0.001, table });
    expectClose(backgroundPlane(noisy, { fit: 'border' }).data, plane(table), { ...label, tolerance: 4e-4 });
  });

  it('moves with a plane that is added', () => {
    const slope = fc.double({ min: -1e-3, max: 1e-3, noNaN: true });
    fc.assert(
      fc.property(slope, slope, fc.double({ min: -0.1, max: 0.5, noNaN: true }), fc.integer(), (a, b, c, seed) => {
        const z = drawnPart(height, width, { seed });
        const added = plane([a, b, c]);
        const moved = ndarray(z.data.map((value, i) => (value === 0 ? 0 : value + (added[i] as number))), [height, width]);
        const [before, after] = [z, moved].map((map) => backgroundPlane(map, { fit: 'border' }).data) as [Float64Array, Float64Array];
        expectClose(after, before.map((value, i) => value + (added[i] as number)), { ...label, tolerance: 1e-6 });
      }),
      { numRuns: 30 },
    );
  });

  it('gives the same plane for the same seed, and for strided maps', () => {
    const z = drawnPart(height, width);
    const once = backgroundPlane(z, { fit: 'border', seed: 3 });
    expect(backgroundPlane(z, { fit: 'border', seed: 3 })).toEqual(once);
    expect(backgroundPlane(strided(z), { fit: 'border', seed: 3 })).toEqual(once);
  });

  it('says when no plane goes through what is measured', () => {
    const fit = { fit: 'border' } as const;
    expect(() => backgroundPlane(ndarray(new Float32Array(100), [10, 10]), fit)).toThrow(/^background: .* got 0 measured in the band$/);
    const line = ndarray(new Float32Array(8).fill(0.5), [1, 8]);
    expect(() => backgroundPlane(line, fit)).toThrow(/^background: expected three measured border pixels that span a plane, got 8/);
    const z = drawnPart(height, width);
    expect(() => backgroundPlane(z, { fit: 'plane' as 'border' })).toThrow('background: expected the fit corners or border, got plane');
    expect(() => backgroundPlane(z, { ...fit, band: 0 })).toThrow('background: expected a band above 0 and at most 1, got 0');
    expect(() => backgroundPlane(z, { ...fit, tolerance: -1 })).toThrow('background: expected a tolerance in metres above 0, got -1');
    expect(() => backgroundPlane(z, { ...fit, draws: 0.5 })).toThrow('background: expected a whole number of draws above 0, got 0.5');
  });
});
