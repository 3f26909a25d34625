import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './optimizer.js';
import type { UpdateRule } from './update-rule.js';

/** Settings of stochastic gradient descent. */
export interface SgdOptions {
  readonly learningRate: number;
  /** Share of the last step's direction that is kept. Default 0. */
  readonly momentum?: number;
  /** This much of the parameter is added to its gradient. Default 0. */
  readonly l2?: number;
}

/** Gradient descent with heavy-ball momentum and L2, as `torch.optim.SGD(momentum, weight_decay)`. */
export function createSgd(options: SgdOptions): Optimizer {
  return createOptimizer(sgdRule(options));
}

/** The formula of gradient descent. */
export function sgdRule({ learningRate, momentum = 0, l2 = 0 }: SgdOptions): UpdateRule {
  // Notation: w: parameter; g: gradient; b: direction. b = momentum · b + g, w -= learningRate · b.
  return {
    slots: momentum === 0 ? [] : ['momentum'],
    at: (ops) => (w, gradient, [old]) => {
      const g = l2 === 0 ? gradient : ops.add(gradient, ops.scale(w, l2));
      if (old === undefined) return [ops.sub(w, ops.scale(g, learningRate))];
      const b = ops.add(ops.scale(old, momentum), g);
      return [ops.sub(w, ops.scale(b, learningRate)), b];
    },
  };
}
