import { join } from 'node:path';
import { describeBackends, describeShared, expectClose, readGolden } from '@blemish-tools/jest';
import { positionalEncoding } from './positional-encoding.js';

describeBackends('positionalEncoding', () => {
  it('is sines and cosines of column and row', () => {
    const encoding = positionalEncoding(8, 3, 5);
    const values = encoding.dataSync();
    const at = (row: number, column: number, channel: number): number => values[(row * 5 + column) * 8 + channel] as number;
    expect(at(2, 4, 0)).toBeCloseTo(Math.sin(4), 6);
    expect(at(2, 4, 1)).toBeCloseTo(Math.cos(4), 6);
    expect(at(2, 4, 2)).toBeCloseTo(Math.sin(4 / 100), 6); // 10000^(-2/4)
    expect(at(2, 4, 4)).toBeCloseTo(Math.sin(2), 6);
    expect(at(2, 4, 7)).toBeCloseTo(Math.cos(2 / 100), 6);
    encoding.dispose();
  });

  it.each([0, 2, 6, 4.5])('rejects %p channels', (channels) => {
    expect(() => positionalEncoding(channels, 2, 2)).toThrow(`positionalEncoding: expected a multiple of 4 channels, got ${channels}`);
  });
});

describeShared('the official positional encoding', 'golden/preprocess/preprocess.safetensors', (path) => {
  const golden = readGolden(join(path));
  const cases = [...golden].filter(([name]) => name.startsWith('posenc/'));
  describeBackends('channels and sizes', (backend) => {
    it.each(cases)('%s', (name, { shape, data }) => {
      const [channels, height, width] = shape.slice(-3) as [number, number, number];
      const encoding = positionalEncoding(channels, height, width);
      const values = encoding.dataSync();
      const nchw = Float32Array.from({ length: values.length }, (_, i) => {
        const [c, position] = [Math.floor(i / (height * width)), i % (height * width)];
        return values[position * channels + c] as number;
      });
      // The official code computes its frequencies and angles in float32.
      expectClose(nchw, data, { tolerance: 1e-5, label: `preprocess ${name}`, backend });
      encoding.dispose();
    });
  });
});
