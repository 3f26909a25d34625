import ndarray from 'ndarray';
import type { DenseCloud } from './dense-cloud.js';
import { surfaceNormals } from './surface-normals.js';
import type { Rotation } from './view-rotation.js';

/** Level of points without colours. */
const gray = 200;

/** Towards the light, in the viewer's frame: from the upper left, behind the viewer. */
const light = [-0.45, -0.55, -0.7036] as const;

/** Brightness of what the light does not reach. */
const ambient = 0.4;

/** Brightness where no normal can be computed: that of a surface across the line of sight. */
const facing = ambient + (1 - ambient) * -light[2];

/**
 * Shades the points of a cloud by their normals (Lambert).
 *
 * @param colours levels [H,W,3]; undefined: gray
 * @returns RGB levels [H*W*3]
 */
export function lightPoints(points: DenseCloud<Float32Array>, colours: Uint8Array | undefined, r: Rotation): Uint8Array {
  const normals = surfaceNormals(ndarray(points.data, [points.height, points.width, 3])).data;
  // The light's direction turned back into the sensor's frame.
  const lx = r[0] * light[0] + r[3] * light[1] + r[6] * light[2];
  const ly = r[1] * light[0] + r[4] * light[1] + r[7] * light[2];
  const lz = r[2] * light[0] + r[5] * light[1] + r[8] * light[2];
  const lit = new Uint8Array(normals.length);
  for (let at = 0; at < lit.length; at += 3) {
    const [x, y, z] = [normals[at] as number, normals[at + 1] as number, normals[at + 2] as number];
    const cosine = x * lx + y * ly + z * lz;
    const known = x !== 0 || y !== 0 || z !== 0;
    const brightness = known ? ambient + (1 - ambient) * (cosine > 0 ? cosine : 0) : facing;
    for (let i = at; i < at + 3; i++) lit[i] = (colours === undefined ? gray : (colours[i] as number)) * brightness + 0.5;
  }
  return lit;
}
