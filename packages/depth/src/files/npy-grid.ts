/**
 * Rows, columns and channels of an array that is a depth map [H,W] (or [H,W,1]) or a cloud [H,W,3].
 *
 * @throws `name: ...` for any other shape
 */
export function npyGrid(shape: readonly number[], name: string): [rows: number, columns: number, channels: 1 | 3] {
  const [rows = 0, columns = 0, channels = 1] = shape;
  if (shape.length < 2 || shape.length > 3 || !(rows > 0 && columns > 0) || (channels !== 1 && channels !== 3)) {
    throw new Error(`${name}: expected an array [H,W] of depths or [H,W,3] of points, got [${shape.slice(0, 8).join(',')}]`);
  }
  return [rows, columns, channels];
}
