import * as tf from '@tensorflow/tfjs-core';
import { disposeParams, type Params } from '@blemish/layers';
import type { PyramidBatch, PyramidLearner } from './pyramid-learner.js';

/** A trained student as scoring applies it. */
export interface PyramidScorer {
  /** Its maps, one a level; the caller disposes them. */
  levels(params: Readonly<Params>, batch: PyramidBatch): tf.Tensor4D[];
  /** Frees what it holds; it can be used again. */
  dispose(): void;
}

/** Folds a student's parameters once for as long as they stay the same. */
export function createPyramidScorer({ apply, scoring }: PyramidLearner): PyramidScorer {
  let held: { readonly of: tf.Tensor | undefined; readonly folded: Params } | undefined;

  function release(): void {
    if (held !== undefined) disposeParams(held.folded);
    held = undefined;
  }

  return {
    levels(params, batch) {
      if (scoring === undefined) return apply(params, batch, { training: false }).levels;
      const [of] = Object.values(params); // a step replaces every parameter
      if (held === undefined || held.of !== of) {
        release();
        const folded = scoring.fold(params);
        for (const tensor of Object.values(folded)) tf.keep(tensor); // a tidy of the caller's would free them
        held = { of, folded };
      }
      return scoring.apply(held.folded, batch);
    },
    dispose: release,
  };
}
