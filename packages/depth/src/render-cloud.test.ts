import ndarray, { type NdArray } from 'ndarray';
import { renderCloud } from './render-cloud.js';
import { drawnPart } from './testing/drawn-part.js';

const [height, width] = [60, 80];
const size = { width: 120, height: 90 };

/** The drawn part as a cloud of 1 mm a pixel. */
function partCloud(): NdArray<Float32Array> {
  const z = drawnPart(height, width);
  const data = Float32Array.from({ length: height * width * 3 }, (_, k) => {
    const i = Math.floor(k / 3);
    return [(i % width) * 1e-3, Math.floor(i / width) * 1e-3, z.data[i] as number][k % 3] as number;
  });
  return ndarray(data, [height, width, 3]);
}

/** Left half red, right half blue. */
function halves(): NdArray<Uint8Array> {
  const data = Uint8Array.from({ length: height * width * 3 }, (_, k) => {
    const left = Math.floor(k / 3) % width < width / 2;
    return (left ? k % 3 === 0 : k % 3 === 2) ? 255 : 0;
  });
  return ndarray(data, [height, width, 3]);
}

function pixel(picture: NdArray<Uint8Array>, y: number, x: number): number[] {
  return [0, 1, 2].map((c) => picture.get(y, x, c));
}

describe('renderCloud', () => {
  it('is the sensor\'s own view from 90 degrees: left is left, and points leave no gaps between them', () => {
    const picture = renderCloud(partCloud(), halves(), { ...size, azimuth: 0, elevation: 90 });
    expect(picture.shape).toEqual([90, 120, 3]);
    const [left, right] = [pixel(picture, 45, 20), pixel(picture, 45, 100)];
    expect((left[0] as number) > 100 && (left[2] as number) < 40).toBe(true);
    expect((right[2] as number) > 100 && (right[0] as number) < 40).toBe(true);
    expect(pixel(picture, 0, 0)).toEqual([255, 255, 255]);
    const white = [...Array(90 * 120).keys()].filter((i) => pixel(picture, Math.floor(i / 120), i % 120).every((level) => level === 255));
    expect(white.length).toBeLessThan(0.2 * 90 * 120); // margins
  });

  it('turns with the azimuth: from behind, left is right', () => {
    const picture = renderCloud(partCloud(), halves(), { ...size, azimuth: 180, elevation: 60 });
    expect((pixel(picture, 45, 20)[2] as number) > 80).toBe(true);
    expect((pixel(picture, 45, 100)[0] as number) > 80).toBe(true);
  });

  it('lets the nearer point win, wherever it stands in the cloud', () => {
    const points = [[0, 0, 1], [0, 0, 0.5], [0.01, 0.01, 1], [0, 0, 0.9]];
    const colours = ndarray(Uint8Array.of(255, 0, 0, 0, 255, 0, 9, 9, 9, 0, 0, 255), [2, 2, 3]);
    const cloud = ndarray(Float32Array.from(points.flat()), [2, 2, 3]);
    const picture = renderCloud(cloud, colours, { width: 40, height: 40, azimuth: 0, elevation: 90 });
    const greenest = Array.from({ length: 1600 }, (_, i) => {
      const [red, green, blue] = picture.data.subarray(i * 3, i * 3 + 3) as unknown as [number, number, number];
      return [green - Math.max(red, blue), Math.max(red, blue) - green] as const;
    });
    expect(Math.max(...greenest.map(([green]) => green))).toBeGreaterThan(30); // at least a quarter of a pixel
    expect(Math.max(...greenest.map(([, other]) => other))).toBeLessThanOrEqual(0);
  });

  it('lets the nearer of two sheets cover the other', () => {
    const sheet = (z: number): number[] => [0, 1, 2].flatMap((y) => [0, 1, 2].flatMap((x) => [x * 1e-3, y * 1e-3, z]));
    const gap = new Array<number>(9).fill(0); // a row without measurements between them
    for (const [first, second] of [[0.5, 0.6], [0.6, 0.5]] as const) {
      const cloud = ndarray(Float32Array.from([...sheet(first), ...gap, ...sheet(second)]), [7, 3, 3]);
      const colours = ndarray(Uint8Array.from({ length: 63 }, (_, k) => (k % 3 === (k < 31 ? 0 : 2) ? 255 : 0)), [7, 3, 3]);
      const [red, , blue] = pixel(renderCloud(cloud, colours, { width: 30, height: 30, azimuth: 0, elevation: 90 }), 15, 15);
      expect((red as number) > (blue as number)).toBe(first < second);
    }
  });

  it('draws no surface to a missing point, and a triangle where three of four neighbours are there', () => {
    const cloud = (missing: number[]): NdArray<Float32Array> =>
      ndarray(Float32Array.from([0, 1, 2, 3].flatMap((i) => [(i % 2) * 1e-3, (i >> 1) * 1e-3, missing.includes(i) ? NaN : 0.5])), [2, 2, 3]);
    const covered = (missing: number[]): number => {
      const { data } = renderCloud(cloud(missing), undefined, { width: 8, height: 8, azimuth: 0, elevation: 90 });
      return data.filter((level, k) => k % 3 === 0 && level < 255).length;
    };
    // Triangles that span more of a picture than walls do are not drawn, so only the corners are.
    expect([covered([]), covered([0]), covered([0, 3])].every((count) => count > 0)).toBe(true);
    expect(covered([0, 1, 2, 3])).toBe(0);
  });

  it('shades: a dome is brighter towards the light than away from it', () => {
    const picture = renderCloud(partCloud(), undefined, { ...size, azimuth: 0, elevation: 90 });
    expect(pixel(picture, 30, 45)[0] as number).toBeGreaterThan((pixel(picture, 60, 78)[0] as number) + 20);
  });

  it('is white paper where nothing is measured', () => {
    const nothing = ndarray(new Float32Array(27).fill(NaN), [3, 3, 3]);
    expect(renderCloud(nothing, undefined, size).data.every((level) => level === 255)).toBe(true);
    const single = ndarray(Float32Array.of(0, 0, 1), [1, 1, 3]);
    expect(renderCloud(single, undefined, size).data.some((level) => level < 255)).toBe(true);
  });

  it('says what does not fit', () => {
    expect(() => renderCloud(partCloud(), ndarray(new Uint8Array(3), [1, 1, 3]))).toThrow("expected colours of [60, 80, 3], the cloud's size, got [1, 1, 3]");
    expect(() => renderCloud(partCloud(), undefined, { width: 0 })).toThrow('expected a width and height in whole pixels above 0, got 0 x 480');
    expect(() => renderCloud(partCloud(), undefined, { azimuth: NaN })).toThrow('expected angles in degrees, got NaN and 45');
  });
});
