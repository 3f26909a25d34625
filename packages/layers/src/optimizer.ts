import type { FloatArray, NamedArray } from './named-array.js';
import type { Params } from './params.js';

/** An optimiser's memory, as a checkpoint keeps it: arrays `slot/parameter` in the layout of memory. */
export interface OptimizerState<A extends NamedArray = NamedArray> {
  /** Steps taken. */
  readonly steps: number;
  readonly arrays: ReadonlyMap<string, A>;
}

/** Moves parameters against their gradients. It owns what it remembers of them, and nothing else. */
export interface Optimizer {
  /**
   * Takes one step: replaces, in `params`, every parameter that has a gradient and disposes the old one. A parameter
   * without a gradient stays as it is, L2 included.
   *
   * @throws Error if a gradient has no parameter, or not its shape
   */
  step(params: Params, grads: Readonly<Params>): void;
  /** A copy of its memory. Restored, it goes on with the same bits. */
  state(): Promise<OptimizerState<FloatArray>>;
  /** Forgets what it has and goes on from a state. */
  restore(state: OptimizerState): void;
  /** Frees its memory. */
  dispose(): void;
}
