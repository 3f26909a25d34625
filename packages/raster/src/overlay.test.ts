import { uniformTensor } from '@blemish-tools/jest';
import ndarray from 'ndarray';
import { heatColours } from './heat-colours.js';
import { overlay } from './overlay.js';

/** OKLab lightness of an sRGB colour, by the inverse matrices of the definition. */
function lightness(colour: Uint8Array): number {
  const [r, g, b] = [...colour].map((level) => {
    const x = level / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return (
    0.2104542553 * Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) +
    0.793617785 * Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) -
    0.0040720468 * Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  );
}

const gray = ndarray(new Uint8Array(2 * 3 * 3).fill(100), [2, 3, 3]);

describe('heatColours', () => {
  it('rises in equal steps of perceived lightness, without a jump in colour', () => {
    expect(heatColours).toHaveLength(768);
    for (let i = 0; i < 256; i++) {
      const colour = heatColours.subarray(3 * i, 3 * i + 3);
      expect(Math.abs(lightness(colour) - (0.25 + (0.67 * i) / 255))).toBeLessThan(0.006);
      if (i > 0) colour.forEach((level, c) => expect(Math.abs(level - (heatColours[3 * i - 3 + c] as number))).toBeLessThan(10));
    }
  });
});

describe('overlay', () => {
  it('leaves the image alone at and below low, and colours it fully at and above high', () => {
    const map = ndarray(Float32Array.of(-5, 0, 1, 2, 3, 99), [2, 3]);
    const { data } = overlay(gray, map, { low: 1, high: 3, alpha: 1 });
    expect([...data.subarray(0, 9)]).toEqual(new Array(9).fill(100));
    expect([...data.subarray(9, 12)]).toEqual([...heatColours.subarray(128 * 3, 129 * 3)]);
    expect([...data.subarray(12, 15)]).toEqual([...heatColours.subarray(765)]);
    expect([...data.subarray(15)]).toEqual([...heatColours.subarray(765)]);
  });

  it('changes nothing at alpha 0 and reads gray images and strided maps', () => {
    const map = ndarray(uniformTensor(1, 6, 0, 1), [3, 2]).transpose(1, 0);
    expect([...overlay(gray, map, { low: 0, high: 1, alpha: 0 }).data]).toEqual([...gray.data]);
    const one = overlay(ndarray(new Uint8Array(6).fill(100), [2, 3, 1]), map, { low: 0, high: 1 });
    expect([...one.data]).toEqual([...overlay(gray, map, { low: 0, high: 1 }).data]);
  });

  it('says what it cannot draw', () => {
    const map = ndarray(new Float32Array(6), [2, 3]);
    expect(() => overlay(gray, ndarray(new Float32Array(6), [3, 2]), { low: 0, high: 1 })).toThrow("expected a map of [2, 3], the image's size, got [3, 2]");
    expect(() => overlay(gray, map, { low: 1, high: 1 })).toThrow('expected low below high, got 1 and 1');
    expect(() => overlay(gray, map, { low: 0, high: Number.NaN })).toThrow('got 0 and NaN');
    expect(() => overlay(gray, map, { low: 0, high: 1, alpha: 2 })).toThrow('expected alpha from 0 to 1, got 2');
    expect(() => overlay(gray, ndarray(Float32Array.of(0, 0, 0, 0, Number.NaN, 0), [2, 3]), { low: 0, high: 1 })).toThrow('NaN at [1, 1]');
    expect(() => overlay(ndarray(new Uint8Array(12), [2, 3, 2]), map, { low: 0, high: 1 })).toThrow('1 or 3 channels, got 2');
  });
});
