import { uniformTensor } from '@blemish-tools/jest';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { pixelShuffle } from './pixel-shuffle.js';
import { pixelUnshuffle } from './pixel-unshuffle.js';
import { strided } from './testing/drawn-part.js';

const side = fc.integer({ min: 1, max: 6 });

describe('pixelUnshuffle', () => {
  it('makes pixel (dy, dx) of channel c the channel c * r * r + dy * r + dx', () => {
    fc.assert(
      fc.property(side, side, side, fc.integer({ min: 1, max: 3 }), (h, w, r, channels) => {
        const map = ndarray(Float32Array.from({ length: h * r * w * r * channels }, (_, i) => i), [h * r, w * r, channels]);
        const out = pixelUnshuffle(map, r);
        expect(out.shape).toEqual([h, w, channels * r * r]);
        for (let c = 0; c < channels; c++)
          for (let y = 0; y < h * r; y++)
            for (let x = 0; x < w * r; x++) {
              const channel = c * r * r + (y % r) * r + (x % r);
              expect(out.get(Math.floor(y / r), Math.floor(x / r), channel)).toBe(map.get(y, x, c));
            }
      }),
      { numRuns: 30 },
    );
  });

  it('is undone by pixelShuffle, with one channel and with several, dense and strided', () => {
    fc.assert(
      fc.property(side, side, side, fc.integer({ min: 2, max: 3 }), (h, w, r, channels) => {
        const map = ndarray(uniformTensor(1, h * r * w * r, 0, 1), [h * r, w * r]);
        expect(pixelShuffle(pixelUnshuffle(map, r), r)).toEqual(map);
        expect(pixelShuffle(pixelUnshuffle(strided(map), r), r)).toEqual(map);
        const many = ndarray(uniformTensor(2, h * r * w * r * channels, 0, 1), [h * r, w * r, channels]);
        expect(pixelShuffle(pixelUnshuffle(many, r), r)).toEqual(many);
        expect(pixelShuffle(pixelUnshuffle(many.pick(null, null, 1), r), r).data).toEqual(many.data.filter((_, i) => i % channels === 1));
      }),
      { numRuns: 30 },
    );
  });

  it('says what does not divide', () => {
    const map = ndarray(new Float32Array(24), [4, 6]);
    expect(() => pixelUnshuffle(map, 4)).toThrow("pixelUnshuffle: expected height and width to be multiples of the cell's side, got 4 x 6 and 4");
    expect(() => pixelUnshuffle(map, 0)).toThrow('got 4 x 6 and 0');
    expect(() => pixelUnshuffle(ndarray(new Float32Array(24), [24]), 2)).toThrow('[height, width] or [height, width, channels], got [24]');
    expect(() => pixelShuffle(map, 2)).toThrow('pixelShuffle: expected a map of shape [height, width, channels], got [4, 6]');
    expect(() => pixelShuffle(ndarray(new Float32Array(24), [2, 2, 6]), 2)).toThrow('pixelShuffle: expected channels in multiples of 2 x 2, got 6');
  });
});
