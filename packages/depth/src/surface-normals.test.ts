import { expectClose, uniformTensor } from '@blemish-tools/jest';
import ndarray, { type NdArray } from 'ndarray';
import { surfaceNormals } from './surface-normals.js';

/** A cloud over a grid of 1 mm from a height function of x and y. */
function cloudOf(height: number, width: number, z: (x: number, y: number) => number): NdArray<Float32Array> {
  const data = new Float32Array(height * width * 3);
  for (let i = 0; i < height * width; i++) {
    const [x, y] = [(i % width) * 1e-3, Math.floor(i / width) * 1e-3];
    data.set([x, y, z(x, y)], i * 3);
  }
  return ndarray(data, [height, width, 3]);
}

describe('surfaceNormals', () => {
  it('are those of a plane, borders and the rims of holes included', () => {
    const cloud = cloudOf(9, 11, (x, y) => 0.5 + 0.3 * x - 0.2 * y);
    const holes = [28, 29, 57];
    for (const i of holes) cloud.data[i * 3 + 2] = i === 57 ? NaN : 0;
    const length = Math.hypot(0.3, -0.2, 1);
    const want = Array.from({ length: 99 }, (_, i) => (holes.includes(i) ? [0, 0, 0] : [0.3 / length, -0.2 / length, -1 / length]));
    expectClose(surfaceNormals(cloud).data, want.flat(), { tolerance: 1e-4, label: 'fixture normals plane', backend: 'pure' });
  });

  it('point from the centre of a sphere to the sensor', () => {
    const [cx, cy, cz, radius] = [0.01, 0.01, 0.5, 0.03];
    const cloud = cloudOf(21, 21, (x, y) => cz - Math.sqrt(radius ** 2 - (x - cx) ** 2 - (y - cy) ** 2));
    const { data } = surfaceNormals(cloud);
    const inner = [...Array(441).keys()].filter((i) => i % 21 > 0 && i % 21 < 20 && i > 20 && i < 420);
    const [got, want] = [inner.flatMap((i) => [...data.subarray(i * 3, i * 3 + 3)]), inner.flatMap((i) => outward(i))];
    expectClose(got, want, { tolerance: 2e-3, label: 'fixture normals sphere', backend: 'pure' });

    function outward(i: number): number[] {
      return [cx, cy, cz].map((centre, k) => ((cloud.data[i * 3 + k] as number) - centre) / radius);
    }
  });

  it('are 0 where they cannot be computed, and never NaN', () => {
    expect([...surfaceNormals(ndarray(new Float32Array(27).fill(1), [3, 3, 3])).data]).toEqual(new Array(27).fill(0)); // one place
    expect([...surfaceNormals(ndarray(Float32Array.of(0, 0, 1, 1, 0, 1), [1, 2, 3])).data]).toEqual(new Array(6).fill(0)); // one row
    expect([...surfaceNormals(ndarray(new Float32Array(27).fill(NaN), [3, 3, 3])).data]).toEqual(new Array(27).fill(0));
  });

  it('reads a strided cloud, such as one of planes', () => {
    const planes = ndarray(uniformTensor(1, 60, 0.1, 1), [3, 4, 5]).transpose(1, 2, 0);
    const dense = ndarray(new Float32Array(60), [4, 5, 3]);
    for (let y = 0; y < 4; y++) for (let x = 0; x < 5; x++) for (let c = 0; c < 3; c++) dense.set(y, x, c, planes.get(y, x, c));
    expect(surfaceNormals(planes)).toEqual(surfaceNormals(dense));
  });
});
