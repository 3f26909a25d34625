/** The eight networks of Tan and Le, EfficientNet (ICML 2019), table 8 of its code's parameters. */
export type EfficientNetVariant = 'b0' | 'b1' | 'b2' | 'b3' | 'b4' | 'b5' | 'b6' | 'b7';

/** How a variant grows from B0. */
export interface Scaling {
  /** Factor on channels. */
  readonly width: number;
  /** Factor on the blocks of a stage. */
  readonly depth: number;
  /** Side in pixels of the images that it was trained on. */
  readonly resolution: number;
}

/** The published coefficients. */
export const scalings: Readonly<Record<EfficientNetVariant, Scaling>> = {
  b0: { width: 1.0, depth: 1.0, resolution: 224 },
  b1: { width: 1.0, depth: 1.1, resolution: 240 },
  b2: { width: 1.1, depth: 1.2, resolution: 260 },
  b3: { width: 1.2, depth: 1.4, resolution: 300 },
  b4: { width: 1.4, depth: 1.8, resolution: 380 },
  b5: { width: 1.6, depth: 2.2, resolution: 456 },
  b6: { width: 1.8, depth: 2.6, resolution: 528 },
  b7: { width: 2.0, depth: 3.1, resolution: 600 },
};

/** Channels of B0 scaled by `width`: the nearest multiple of 8, but never more than a tenth below. */
export function scaleChannels(channels: number, width: number): number {
  const wanted = channels * width;
  const nearest = Math.max(8, Math.floor((wanted + 4) / 8) * 8);
  return nearest < 0.9 * wanted ? nearest + 8 : nearest;
}

/** Blocks of a B0 stage scaled by `depth`, rounded up. */
export function scaleRepeats(repeats: number, depth: number): number {
  return Math.ceil(depth * repeats);
}
