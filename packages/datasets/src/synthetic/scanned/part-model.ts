/** What a surface looks like before any light: shares of the light that it returns, linear, and how much of it as a highlight. */
export interface Paint {
  red: number;
  green: number;
  blue: number;
  gloss: number;
}

/**
 * A part as a height field in its own coordinates: u, v in millimetres from its centre, v downwards in the picture, heights in
 * millimetres above the table. Functions are pure and use sums, products and square roots only.
 */
export interface PartModel {
  /** Keys the part's draws; never given to another part. */
  readonly key: number;
  /** Of a circle that holds the part. */
  readonly radius: number;
  /** From the camera to the table, in millimetres, and how much of the table the picture shows across. */
  readonly distance: number;
  readonly view: number;
  /** Tangent of half the largest turn to either side; absent where it lies at any angle. */
  readonly turn?: number;
  /** Colour of the ink, as {@link Paint}. */
  readonly ink: readonly [red: number, green: number, blue: number];
  /** Points where there is print. */
  readonly printed: readonly (readonly [u: number, v: number])[];
  /** 0 where the table shows. */
  height(u: number, v: number): number;
  /** The bare surface; `texture` seeds what differs from part to part. */
  paint(u: number, v: number, texture: number, paint: Paint): void;
  /** Coverage with ink, 0 .. 1. */
  print(u: number, v: number): number;
}
