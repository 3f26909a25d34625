/** A drawing with the depth of what stands at each of its pixels. */
export interface Drawing {
  readonly rows: number;
  readonly columns: number;
  /** RGB levels [rows, columns, 3]. */
  readonly levels: Uint8Array;
  /** [rows, columns] of the nearest so far, Infinity where there is nothing. */
  readonly nearest: Float32Array;
}

/** Points brought into a drawing. */
export interface DrawnPoints {
  /** Columns and rows in the drawing, not rounded: the centre of pixel (0, 0) is (0, 0). */
  readonly us: Float32Array;
  readonly vs: Float32Array;
  /** Depth from the viewer. */
  readonly away: Float32Array;
  /** RGB levels, three a point. */
  readonly lit: Uint8Array;
}

// w0, w1, w2: barycentric coordinates of a pixel's centre, all >= 0 inside; they are linear, so they change by a
// constant from one column to the next

/** Draws the triangle of three points where it is nearer than what stands there; colours run evenly between the corners. */
export function drawTriangle(drawing: Drawing, { us, vs, away, lit }: DrawnPoints, a: number, b: number, c: number): void {
  const { rows, columns, levels, nearest } = drawing;
  const [u0, u1, u2] = [us[a] as number, us[b] as number, us[c] as number];
  const [v0, v1, v2] = [vs[a] as number, vs[b] as number, vs[c] as number];
  const area = (u1 - u0) * (v2 - v0) - (u2 - u0) * (v1 - v0);
  if (area === 0) return;
  const left = Math.max(0, Math.ceil(Math.min(u0, u1, u2)));
  const right = Math.min(columns - 1, Math.floor(Math.max(u0, u1, u2)));
  const top = Math.max(0, Math.ceil(Math.min(v0, v1, v2)));
  const bottom = Math.min(rows - 1, Math.floor(Math.max(v0, v1, v2)));
  const [step1, step2] = [(v2 - v0) / area, (v0 - v1) / area];
  const edge = -1e-5; // a pixel on the edge between two triangles belongs to both
  for (let v = top; v <= bottom; v++) {
    let w1 = ((left - u0) * (v2 - v0) - (u2 - u0) * (v - v0)) / area;
    let w2 = ((u1 - u0) * (v - v0) - (left - u0) * (v1 - v0)) / area;
    for (let u = left, pixel = v * columns + left; u <= right; u++, pixel++, w1 += step1, w2 += step2) {
      const w0 = 1 - w1 - w2;
      if (w0 < edge || w1 < edge || w2 < edge) continue;
      const depth = w0 * (away[a] as number) + w1 * (away[b] as number) + w2 * (away[c] as number);
      if (!(depth < (nearest[pixel] as number))) continue;
      nearest[pixel] = depth;
      for (let k = 0; k < 3; k++) {
        levels[pixel * 3 + k] = w0 * (lit[a * 3 + k] as number) + w1 * (lit[b * 3 + k] as number) + w2 * (lit[c * 3 + k] as number) + 0.5;
      }
    }
  }
}
