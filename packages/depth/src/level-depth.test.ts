import fc from 'fast-check';
import ndarray from 'ndarray';
import { backgroundPlane } from './background-plane.js';
import { levelDepth } from './level-depth.js';
import { drawnPart, strided } from './testing/drawn-part.js';

const [height, width] = [30, 40];

describe('levelDepth', () => {
  it('takes the slope off and keeps the distance: a tilted plane becomes flat at its mean', () => {
    const plane = ndarray(Float64Array.of(0.5, 0.6, 0.7, 0.6, 0.7, 0.8), [2, 3]);
    const z = ndarray(Float32Array.of(0.5, 0.6, 0.7, 0.6, 0.69, 0), [2, 3]);
    const level = levelDepth(z, plane).data;
    [0.65, 0.65, 0.65, 0.65, 0.64, 0].forEach((want, i) => expect(level[i]).toBeCloseTo(want, 6));
  });

  it('gives the same part on any table, up to rounding, and leaves missing points missing', () => {
    const slope = fc.double({ min: -2e-4, max: 2e-4, noNaN: true });
    fc.assert(
      fc.property(fc.integer(), slope, slope, (seed, perColumn, perRow) => {
        const [flat, tilted] = [[0, 0, 0.6], [perColumn, perRow, 0.6]].map((table) => {
          const z = drawnPart(height, width, { seed, table: table as [number, number, number], noise: 0 });
          return { z, level: levelDepth(z, backgroundPlane(z, { fit: 'border' })) };
        }) as [Levelled, Levelled];
        const shift = (perColumn * (width - 1) + perRow * (height - 1)) / 2; // of the table's mean
        flat.level.data.forEach((value, i) => {
          const own = tilted.level.data[i] as number;
          if (flat.z.data[i] === 0) expect([value, own]).toEqual([0, 0]);
          else expect(Math.abs(own - shift - value)).toBeLessThan(2e-6);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('does not see where in memory the map lies, and says what does not fit', () => {
    const z = drawnPart(height, width);
    const plane = backgroundPlane(z, { fit: 'border' });
    expect(levelDepth(strided(z), plane)).toEqual(levelDepth(z, plane));
    expect(() => levelDepth(z, ndarray(new Float64Array(6), [2, 3]))).toThrow("levelDepth: expected a background of [30, 40], the map's size, got [2, 3]");
  });
});

interface Levelled {
  readonly z: ReturnType<typeof drawnPart>;
  readonly level: ReturnType<typeof levelDepth>;
}
