import { expectClose } from '@blemish-tools/jest';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { pixelShuffle } from './pixel-shuffle.js';
import { depthDefaults, prepareDepth, type PreparedDepth, type PrepareDepthOptions } from './prepare-depth.js';
import { drawnPart, strided } from './testing/drawn-part.js';

const [height, width] = [60, 80];

function expectNumbers({ channels, mask, foreground, shape }: PreparedDepth): void {
  const [h, w, depth] = shape;
  expect([channels.length, mask.length]).toEqual([h * w * depth, h * w]);
  expect(channels.every((value) => Number.isFinite(value))).toBe(true);
  expect(mask.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(foreground.every((value) => value === 0 || value === 1)).toBe(true);
}

function share(mask: ArrayLike<number>): number {
  return Array.from(mask).reduce((a, b) => a + b, 0) / mask.length;
}

function without(z: NdArray<Float32Array>, rows: number, columns: number, value = 0): NdArray<Float32Array> {
  const data = z.data.slice();
  for (let y = 0; y < rows; y++) data.fill(value, y * width, y * width + columns);
  return ndarray(data, [height, width]);
}

describe('prepareDepth', () => {
  it('has the defaults of the released code and its shapes', () => {
    expect(depthDefaults).toMatchObject({ size: 192, unshuffle: 8, fillPasses: 3, threshold: 0.007, dilate: 8, scale: 100 });
    const prepared = prepareDepth(drawnPart(height, width));
    expectNumbers(prepared);
    expect(prepared.shape).toEqual([24, 24, 64]);
    expect(prepared.foreground).toHaveLength(192 * 192);
  });

  it('shows the part: a dome of 30 mm, centred, on a background of 0', () => {
    const { channels, foreground, shape } = prepareDepth(drawnPart(height, width, { noise: 0 }), { dilate: 1 });
    const map = pixelShuffle(ndarray(channels, [...shape]), 8).data; // [192,192]
    expect(share(foreground)).toBeCloseTo(Math.PI * 0.3 ** 2, 1);
    expect(map.every((depth, i) => foreground[i] === 1 || depth === 0)).toBe(true);
    expect(map[96 * 192 + 96]).toBeLessThan(-0.5); // the top is nearer than the mean
    expect(Math.max(...map)).toBeLessThan(2.5);
    expect(Math.min(...map)).toBeGreaterThan(-2.5);
  });

  it('has as mask the mean of the four central pixels of each cell', () => {
    const { mask, foreground } = prepareDepth(drawnPart(height, width), { size: 64 });
    const want = Array.from({ length: 64 }, (_, i) => {
      const corner = (Math.floor(i / 8) * 8 + 3) * 64 + (i % 8) * 8 + 3;
      return [0, 1, 64, 65].reduce((sum, step) => sum + (foreground[corner + step] as number), 0) / 4;
    });
    expectClose(mask, want, { tolerance: 1e-6, label: 'fixture depth mask', backend: 'pure' });
  });

  it('is the same for a part in metres and in millimetres with their unit, up to rounding', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('corners' as const, 'border' as const), (seed, background) => {
        const metres = drawnPart(height, width, { seed, noise: 0.0001 });
        const millimetres = metres.data.map((value) => value * 1000);
        const back = ndarray(millimetres.map((value) => value * 1e-3), [height, width]);
        const [a, b] = [prepareDepth(metres, { background }), prepareDepth(back, { background })];
        expectClose(b.channels, a.channels, { tolerance: 5e-5, label: 'fixture depth unit', backend: 'pure' });
        expect(b.foreground).toEqual(a.foreground);
      }),
      { numRuns: 10 },
    );
  });

  it('does not see where in memory the map lies, and leaves it alone', () => {
    const z = drawnPart(height, width);
    const before = z.data.slice();
    for (const background of ['corners', 'border', 'none'] as const) {
      expect(prepareDepth(strided(z), { background })).toEqual(prepareDepth(z, { background }));
    }
    expect(z.data).toEqual(before);
  });

  it.each(['corners', 'border'] as const)('finds the part when a corner is missing, background %s', (background) => {
    const whole = drawnPart(height, width, { noise: 0, missing: 0 });
    const [with0, withNaN] = [without(whole, 12, 12), without(whole, 12, 12, NaN)];
    const prepared = prepareDepth(with0, { background });
    expectNumbers(prepared);
    expect(prepared.foreground).toEqual(prepareDepth(whole, { background }).foreground);
    expect(prepareDepth(withNaN, { background })).toEqual(prepared);
  });

  it('under full and border finds a part that a missing frame surrounds', () => {
    const z = drawnPart(height, width, { missing: 0 });
    for (let i = 0; i < z.data.length; i++) if (i % width < 3 || i % width > 76 || i < 3 * width || i > 57 * width) z.data[i] = 0;
    expect(() => prepareDepth(z, { fillPasses: 0 })).toThrow(/^background: /);
    const prepared = prepareDepth(z, { fill: 'full', background: 'border' });
    expectNumbers(prepared);
    expect(share(prepared.foreground)).toBeCloseTo(share(prepareDepth(drawnPart(height, width)).foreground), 1);
  });

  it('takes what was measured of a height map under none, whatever the gaps are filled with', () => {
    const z = without(drawnPart(height, width, { missing: 0 }), height, 20, NaN); // a quarter on the left
    for (const fill of ['official', 'full'] as const) {
      const prepared = prepareDepth(z, { background: 'none', fill, size: 64, dilate: 1 });
      expectNumbers(prepared);
      expect(share(prepared.foreground)).toBeCloseTo(0.75, 1);
      expect([...prepared.mask].slice(0, 8)).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
      expect(Math.abs(share(prepared.channels))).toBeLessThan(0.3);
    }
    const specks = prepareDepth(drawnPart(height, width, { missing: 0.2 }), { background: 'none', size: 64 });
    expect(share(specks.mask)).toBe(1); // dilated over
  });

  it('gives the same channels on a tilted table where it is levelled, but for filled gaps', () => {
    const onTable = (table: readonly [number, number, number]) => drawnPart(height, width, { seed: 3, table, noise: 0, missing: 0 });
    const [flat, tilted] = [onTable([0, 0, 0.6]), onTable([2e-4, 1e-4, 0.6])];
    const apart = (level: boolean): number => {
      const [a, b] = [flat, tilted].map((z) => prepareDepth(z, { background: 'border', level }).channels) as [Float32Array, Float32Array];
      return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
    };
    expect(apart(true)).toBeLessThan(1e-3);
    expect(apart(false)).toBeGreaterThan(0.1);
  });

  it('counts an enclosed bore as part where asked to, measured or not', () => {
    for (const depth of [0.6, 0]) {
      const bored = drawnPart(height, width, { noise: 0, missing: 0, table: [0, 0, 0.6] });
      for (let y = 24; y < 36; y++) bored.data.fill(depth, y * width + 34, y * width + 46);
      const options = { fillPasses: 0, dilate: 1, size: 64 };
      const [open, closed] = [prepareDepth(bored, options), prepareDepth(bored, { ...options, fillHoles: true })];
      expectNumbers(closed);
      expect([open.foreground[32 * 64 + 32], closed.foreground[32 * 64 + 32]]).toEqual([0, 1]);
      expect(Math.max(...closed.channels.map(Math.abs))).toBeLessThan(5); // no spike of half a metre
    }
  });

  const flat = drawnPart(height, width, { noise: 0, table: [0, 0, 0.6] }).data.map((value) => value && 0.6);
  const speck = flat.slice();
  speck[31 * width + 41] = 0.5;
  const cases: [string, Float32Array, Partial<PrepareDepthOptions>, RegExp][] = [
    ['no foreground', flat, {}, /^foreground: expected measured pixels that stand out of the background, got none of 4800$/],
    ['no foreground, border', flat, { background: 'border' }, /^foreground: /],
    ['a speck that vanishes', speck, { size: 8, unshuffle: 2, fillPasses: 0 }, /^foreground: expected pixels that are left at 8 x 8, got specks/],
    ['nothing measured', new Float32Array(4800), {}, /^background: /],
    ['nothing measured, border', new Float32Array(4800).fill(NaN), { background: 'border', fill: 'full' }, /^background: /],
    ['nothing measured, none', new Float32Array(4800).fill(Infinity), { background: 'none' }, /^foreground: /],
    ['a size that does not divide', flat, { size: 100 }, /^prepareDepth: expected a size that is a multiple of unshuffle, got 100 and 8$/],
    ['an unknown background', flat, { background: 'table' as 'none' }, /^prepareDepth: expected background corners, border or none, got table$/],
  ];
  it.each(cases)('says so: %s', (_, data, options, message) => {
    expect(() => prepareDepth(ndarray(data, [height, width]), options)).toThrow(message);
  });

  it('is numbers, or an error by name, on any map', () => {
    const value = fc.oneof(fc.constantFrom(0, NaN, Infinity, -Infinity, 0.5, 0.6), fc.float({ min: Math.fround(-2), max: 2 }));
    const side = fc.integer({ min: 1, max: 8 });
    const maps = fc.tuple(side, side).chain(([h, w]) =>
      fc.array(value, { minLength: h * w, maxLength: h * w }).map((values) => ndarray(Float32Array.from(values), [h, w])),
    );
    const options = fc.record({
      background: fc.constantFrom('corners' as const, 'border' as const, 'none' as const),
      fill: fc.constantFrom('official' as const, 'full' as const),
      fillHoles: fc.boolean(),
      size: fc.constantFrom(8, 24),
      unshuffle: fc.constantFrom(1, 4),
    });
    fc.assert(
      fc.property(maps, options, (z, chosen) => {
        let prepared: PreparedDepth;
        try {
          prepared = prepareDepth(z, chosen);
        } catch (error) {
          expect((error as Error).message).toMatch(/^(background|foreground): /);
          return;
        }
        expectNumbers(prepared);
      }),
      { numRuns: 400 },
    );
  });
});
