import { BATCH } from './step-recorder.js';
import type { StepFold, Totals } from './ranking.js';

/** Points of a PRO curve: the first `count` values of each array. */
export interface ProPoints {
  readonly count: number;
  readonly fpr: Float64Array;
  readonly pro: Float64Array;
  readonly thresholds: Float64Array;
}

/** Makes points of steps; the last one follows with `end`. */
export interface ProPointsFold extends Pick<StepFold<unknown>, 'take'> {
  /** @param lowest the lowest score of a negative */
  end(lowest: number): void;
}

/**
 * The corners of the PRO curve, from (0, 0) to (1, 1), where the weights of positives are shares of their components.
 *
 * @param take is given them batch by batch, in order; the arrays are used again
 */
export function foldProPoints(totals: Totals, take: (points: ProPoints) => void): ProPointsFold {
  const negatives = totals.negatives.count;
  const fpr = new Float64Array(2 * BATCH);
  const pro = new Float64Array(2 * BATCH);
  const thresholds = new Float64Array(2 * BATCH);
  thresholds[0] = Infinity;
  take({ count: 1, fpr, pro, thresholds });
  let before = { fp: 0, pro: 0 };
  return {
    take({ count: steps, thresholds: scores, falseAbove, falsePositives, covered, lowestAbove }) {
      let count = 0;
      let { fp, pro: reached } = before;
      for (let i = 0; i < steps; i++) {
        const above = falseAbove[i] as number;
        if (above > fp) {
          fpr[count] = above / negatives;
          pro[count] = reached;
          thresholds[count++] = lowestAbove[i] as number;
        }
        fp = falsePositives[i] as number;
        reached = covered[i] as number;
        fpr[count] = fp / negatives;
        pro[count] = reached;
        thresholds[count++] = scores[i] as number;
      }
      before = { fp, pro: reached };
      take({ count, fpr, pro, thresholds });
    },
    end(lowest) {
      if (before.fp === negatives) return;
      fpr[0] = pro[0] = 1;
      thresholds[0] = lowest;
      take({ count: 1, fpr, pro, thresholds });
    },
  };
}
