import fc from 'fast-check';
import { fileShape, fromFileLayout, toFileLayout } from './file-layout.js';
import { sizeOf, type ParamLayout } from './param-specs.js';

const edge = fc.integer({ min: 1, max: 5 });

describe('layout of files and of memory', () => {
  it('turns OIHW to HWIO', () => {
    const [o, i, h, w] = [2, 3, 2, 2];
    const file = Float32Array.from({ length: o * i * h * w }, (_, k) => k);
    const memory = fromFileLayout(file, [h, w, i, o], 'filter');
    // Output channel 1, input channel 2, row 0, column 1.
    expect(memory[((0 * w + 1) * i + 2) * o + 1]).toBe(((1 * i + 2) * h + 0) * w + 1);
    expect(fileShape([h, w, i, o], 'filter')).toEqual([o, i, h, w]);
  });

  it('turns a depthwise filter [C,1,h,w] to [h,w,C,1]', () => {
    expect([...fromFileLayout([0, 1, 2, 3, 4, 5], [1, 2, 3, 1], 'depthwise')]).toEqual([0, 2, 4, 1, 3, 5]);
    expect(fileShape([5, 5, 48, 1], 'depthwise')).toEqual([48, 1, 5, 5]);
  });

  it('turns back to what it was', () => {
    const layouts = fc.constantFrom<ParamLayout>('plain', 'filter', 'depthwise');
    fc.assert(
      fc.property(fc.tuple(edge, edge, edge, edge), layouts, (shape, layout) => {
        const full = layout === 'depthwise' ? [shape[0], shape[1], shape[2], 1] : shape;
        const values = Float32Array.from({ length: sizeOf(full) }, (_, k) => k);
        expect(toFileLayout(fromFileLayout(values, full, layout), full, layout)).toEqual(values);
        expect(sizeOf(fileShape(full, layout))).toBe(values.length);
      }),
    );
  });
});
