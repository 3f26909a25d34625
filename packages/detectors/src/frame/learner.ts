import {
  disposeParams,
  pickParams,
  replaceParams,
  trainableNames,
  valueAndGrads,
  type Loss,
  type Optimizer,
  type OptimizerState,
  type Params,
  type ParamSpecs,
} from '@blemish/layers';

/** A network that learns: its weights, and the optimiser that moves them. */
export interface Learner {
  /** Takes one step on a loss computed from the network's parameters; returns the loss before it. */
  step(loss: () => Loss): Promise<number>;
  /** A copy of the optimiser's memory. */
  state(): ReturnType<Optimizer['state']>;
  /** Frees the optimiser's memory; the parameters stay. */
  dispose(): void;
}

/**
 * An optimiser at work on a network's trainable parameters.
 *
 * @param params weights and buffers, replaced by steps; the caller owns them
 * @param optimizer owned by the learner from here on
 * @param state the optimiser's memory to go on from
 */
export function createLearner(
  params: Params,
  specs: ParamSpecs,
  optimizer: Optimizer,
  state: OptimizerState | undefined,
): Learner {
  const names = trainableNames(specs);
  if (state !== undefined) optimizer.restore(state);
  return {
    async step(loss) {
      const { value, grads, buffers } = valueAndGrads(loss, pickParams(params, names));
      optimizer.step(params, grads);
      disposeParams(grads);
      replaceParams(params, buffers);
      try {
        return (await value.data())[0] as number;
      } finally {
        value.dispose();
      }
    },
    state: () => optimizer.state(),
    dispose: () => optimizer.dispose(),
  };
}
