import fc from 'fast-check';
import { descriptorLayers, type DescriptorOptions, type ReceptiveField } from './descriptor-layers.js';
import { planWindows, strideOf, windowSides, type Step } from './plan-windows.js';

const fields: readonly ReceptiveField[] = [17, 33, 65];
const layersOf = (receptiveField: ReceptiveField): ReturnType<typeof descriptorLayers> => descriptorLayers({ receptiveField });
/** Steps in short: c convolution, a activation, p pool, s split, x cut, each with its stride. */
const short = (steps: readonly Step[]): string =>
  steps.map((step) => ({ convolution: 'c', activation: 'a', pool: 'p', split: 's', cut: 'x' })[step.kind] + ('stride' in step ? step.stride : '')).join(' ');

describe('descriptorLayers', () => {
  it.each([
    [17, [17, 12, 8, 4, 1], 1],
    // The pools leave a row over, or several: of 33 pixels 32 are looked at, of 65 only 60.
    [33, [32, 28, 14, 10, 5, 4, 1], 4],
    [65, [60, 56, 28, 24, 12, 8, 4, 1, 1], 8],
  ] as const)('of %i pixels end in one position', (p, sides, stride) => {
    expect(windowSides(layersOf(p))).toEqual(sides);
    expect(strideOf(layersOf(p))).toBe(stride);
  });

  it.each<[object, string]>([
    [{ receptiveField: 16 }, 'receptiveField: expected 17, 33 or 65, got 16'],
    [{ receptiveField: 65, third: 64 }, 'third: expected 128 or 256, got 64'],
    [{ receptiveField: 33, third: 128 }, 'third: expected with receptiveField 65 only, got it with 33'],
  ])('refuses %j', (options, text) => {
    expect(() => descriptorLayers(options as DescriptorOptions)).toThrow(text);
  });
});

describe('planWindows', () => {
  it('counts the multiplications of one patch', () => {
    const products = 144 * 36 * 3 * 128 + 64 * 25 * 128 * 256 + 16 * 25 * 256 * 256 + 16 * 256 * 128;
    expect(planWindows(layersOf(17), [1, 1], 1).macs).toBe(products);
  });

  it.each([
    [17, 1, 'c1 a c1 c1 c1'],
    [17, 4, 'c1 a c1 c1 c4'],
    [17, 8, 'c1 a c1 x8 c1 c1'],
    [33, 1, 'c1 p1 a s c1 p1 s c1 c1'],
    [33, 2, 'c1 p2 a c1 p1 s c1 c1'],
    [33, 4, 'c1 p2 a c1 p2 c1 c1'],
    [33, 8, 'c1 p2 a c1 p2 c1 c2'],
    [65, 8, 'c1 p2 a c1 p2 c1 p2 c1 c1'],
    [65, 16, 'c1 p2 a c1 p2 c1 p2 c2 c1'],
    [65, 64, 'x64 c1 p2 a c1 p2 c1 p2 c1 c1'],
  ] as const)('for %i pixels at stride %i is %s', (p, stride, expected) => {
    expect(short(planWindows(layersOf(p), [32, 32], stride).steps)).toBe(expected);
  });

  it('is the patch network itself for a single output, whatever the stride', () => {
    expect([1, 3, 8].map((stride) => short(planWindows(layersOf(65), [1, 1], stride).steps))).toEqual(Array(3).fill('c1 p2 a c1 p2 c1 p2 c1 c1'));
  });

  it('looks at no more of the image than the windows reach, and never does more than the patches one by one, or all positions', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(fc.constantFrom(...fields), size, size, fc.integer({ min: 1, max: 70 }), (p, rows, columns, stride) => {
        const layers = layersOf(p);
        const plan = planWindows(layers, [rows, columns], stride);
        expect(plan.input[0]).toBeLessThanOrEqual((rows - 1) * stride + p);
        expect(plan.input[1]).toBeLessThanOrEqual((columns - 1) * stride + p);
        const patches = rows * columns * planWindows(layers, [1, 1], 1).macs;
        expect(plan.macs).toBeLessThanOrEqual(patches / 0.9);
        // Splitting an odd side adds a row.
        expect(plan.macs).toBeLessThanOrEqual(1.25 * planWindows(layers, [(rows - 1) * stride + 1, (columns - 1) * stride + 1], 1).macs + 8 * patches / (rows * columns));
      }),
    );
  });
});
