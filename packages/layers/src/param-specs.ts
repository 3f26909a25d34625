/**
 * How a parameter lies in files (PyTorch's layout) and in memory:
 * `plain` the same in both; `filter` OIHW in files, HWIO in memory; `depthwise` [C,1,h,w] in files, [h,w,C,1] in memory.
 */
export type ParamLayout = 'plain' | 'filter' | 'depthwise';

/** What a network knows of one of its parameters before it has a value. */
export interface ParamSpec {
  /** Shape in memory. */
  readonly shape: readonly number[];
  readonly layout: ParamLayout;
  /** False for buffers, such as running statistics: saved with the rest, moved by no gradient. */
  readonly trainable: boolean;
  /** The value it starts with: one number, uniform in [-bound, bound), or normal around 0. */
  readonly initial: number | { readonly bound: number } | { readonly deviation: number };
}

/** All parameters of a network or a part of it, by full name, in the order of the origin. */
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** Names of the parameters that training moves. */
export function trainableNames(specs: ParamSpecs): string[] {
  return Object.keys(specs).filter((name) => specs[name]?.trainable);
}

/** Number of values in all trainable parameters. */
export function countParams(specs: ParamSpecs): number {
  return Object.values(specs).reduce((sum, { shape, trainable }) => sum + (trainable ? sizeOf(shape) : 0), 0);
}

/**
 * Convolution `prefix.weight` and `prefix.bias`, starting as PyTorch's do: uniform in ±1/sqrt(fan in), fan in = in · h · w.
 *
 * @param prefix name of the layer
 * @param kernel edge of the square kernel
 */
export function convSpecs(prefix: string, kernel: number, inChannels: number, outChannels: number): ParamSpecs {
  const initial = { bound: 1 / Math.sqrt(inChannels * kernel * kernel) };
  return {
    [`${prefix}.weight`]: { shape: [kernel, kernel, inChannels, outChannels], layout: 'filter', trainable: true, initial },
    [`${prefix}.bias`]: { shape: [outChannels], layout: 'plain', trainable: true, initial },
  };
}

/** Batch normalisation: `weight` (scale) 1, `bias` (shift) 0, and the buffers `running_mean` 0, `running_var` 1. */
export function batchNormSpecs(prefix: string, channels: number): ParamSpecs {
  const vector = { shape: [channels], layout: 'plain' } as const;
  return {
    [`${prefix}.weight`]: { ...vector, trainable: true, initial: 1 },
    [`${prefix}.bias`]: { ...vector, trainable: true, initial: 0 },
    [`${prefix}.running_mean`]: { ...vector, trainable: false, initial: 0 },
    [`${prefix}.running_var`]: { ...vector, trainable: false, initial: 1 },
  };
}

/** Number of values in an array of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, edge) => product * edge, 1);
}
