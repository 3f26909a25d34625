import ndarray, { type NdArray } from 'ndarray';
import { denseCloud } from './dense-cloud.js';

// across, down: differences between the point's measured neighbours on both sides, or between the point and one of them
// n = across x down, of length 1, on the sensor's side: n_z <= 0 where z grows away from the sensor

/**
 * Unit normals of the surface, towards the sensor.
 *
 * @param cloud x, y, z in metres, [H,W,3]; z = 0, NaN and the infinities are missing
 * @returns [H,W,3]; 0, 0, 0 where a point is missing, or has no measured neighbour in its row or in its column
 */
export function surfaceNormals(cloud: NdArray<Float32Array>): NdArray<Float32Array> {
  const { data, height, width } = denseCloud(cloud, 'surfaceNormals');
  const normals = new Float32Array(data.length);
  const row = width * 3;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      if (!measured(data, at)) continue;
      const left = x > 0 && measured(data, at - 3) ? at - 3 : at;
      const right = x < width - 1 && measured(data, at + 3) ? at + 3 : at;
      const above = y > 0 && measured(data, at - row) ? at - row : at;
      const below = y < height - 1 && measured(data, at + row) ? at + row : at;
      const ax = (data[right] as number) - (data[left] as number);
      const ay = (data[right + 1] as number) - (data[left + 1] as number);
      const az = (data[right + 2] as number) - (data[left + 2] as number);
      const dx = (data[below] as number) - (data[above] as number);
      const dy = (data[below + 1] as number) - (data[above + 1] as number);
      const dz = (data[below + 2] as number) - (data[above + 2] as number);
      const nx = ay * dz - az * dy;
      const ny = az * dx - ax * dz;
      const nz = ax * dy - ay * dx;
      const length = Math.sqrt(nx * nx + ny * ny + nz * nz);
      if (!(length > 0 && length < Infinity)) continue;
      const factor = nz > 0 ? -1 / length : 1 / length;
      normals[at] = nx * factor;
      normals[at + 1] = ny * factor;
      normals[at + 2] = nz * factor;
    }
  }
  return ndarray(normals, [height, width, 3]);
}

function measured(data: Float32Array, at: number): boolean {
  const z = data[at + 2] as number;
  return z !== 0 && z - z === 0;
}
