import type { NdArray } from 'ndarray';

/** What stands beside each point. */
export interface PlyColumns {
  /** RGB levels [H,W,3], row-major. */
  readonly colours?: Uint8Array;
  /** A value for each point [H,W], row-major, written as `quality`, which viewers show as a scalar field. */
  readonly scores?: Float32Array;
}

/**
 * Writes the measured points of a cloud as a binary little-endian PLY, which MeshLab, CloudCompare, Open3D and Blender open.
 * Points without a measurement (z = 0 or not finite) are left out, so that the file has no rows and columns any more.
 *
 * @param cloud [H,W,3] x, y, z, any strides
 * @throws where the cloud, the colours or the scores have another shape
 */
export function encodePly(cloud: NdArray<Float32Array>, { colours, scores }: PlyColumns = {}): Uint8Array {
  const [height = 0, width = 0, channels] = cloud.shape;
  if (cloud.shape.length !== 3 || channels !== 3) throw new Error(`encodePly: expected a cloud [H,W,3], got [${cloud.shape.join(',')}]`);
  const count = height * width;
  if (colours && colours.length !== count * 3) throw new Error(`encodePly: expected ${count * 3} colour levels, got ${colours.length}`);
  if (scores && scores.length !== count) throw new Error(`encodePly: expected ${count} scores, got ${scores.length}`);
  const [rowStride = 0, columnStride = 0, axisStride = 0] = cloud.stride;
  const at = (i: number): number => cloud.offset + Math.floor(i / width) * rowStride + (i % width) * columnStride;
  const value = (i: number): number => cloud.data[i] as number;
  const isMeasured = (from: number): boolean => {
    const z = value(from + 2 * axisStride);
    return z !== 0 && Number.isFinite(z) && Number.isFinite(value(from)) && Number.isFinite(value(from + axisStride));
  };
  let points = 0;
  for (let i = 0; i < count; i++) if (isMeasured(at(i))) points++;

  const header = new TextEncoder().encode(
    [
      'ply',
      'format binary_little_endian 1.0',
      `element vertex ${points}`,
      ...['x', 'y', 'z'].map((axis) => `property float ${axis}`),
      ...(colours ? ['red', 'green', 'blue'].map((colour) => `property uchar ${colour}`) : []),
      ...(scores ? ['property float quality'] : []),
      'end_header\n',
    ].join('\n'),
  );
  const size = 12 + (colours ? 3 : 0) + (scores ? 4 : 0);
  const bytes = new Uint8Array(header.length + points * size);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  for (let i = 0, to = header.length; i < count; i++) {
    const from = at(i);
    if (!isMeasured(from)) continue;
    for (let axis = 0; axis < 3; axis++, to += 4) view.setFloat32(to, value(from + axis * axisStride), true);
    if (colours) for (let c = 0; c < 3; c++) bytes[to++] = colours[i * 3 + c] as number;
    if (scores) {
      view.setFloat32(to, scores[i] as number, true);
      to += 4;
    }
  }
  return bytes;
}
