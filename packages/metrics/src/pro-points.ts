import type { Ranking, StepFold } from './ranking.js';

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
export function foldProPoints({ negatives }: Ranking, take: (points: ProPoints) => void): ProPointsFold {
  let fpr = Float64Array.of(0);
  let pro = Float64Array.of(0);
  let thresholds = Float64Array.of(Infinity);
  let count = 1;
  let fp = 0;
  let reached = 0;
  const flush = (): void => {
    take({ count, fpr, pro, thresholds });
    count = 0;
  };
  return {
    take({ count: steps, thresholds: scores, falseAbove, falsePositives, covered, lowestAbove }) {
      flush();
      if (fpr.length < 2 * steps) [fpr, pro, thresholds] = [new Float64Array(2 * steps), new Float64Array(2 * steps), new Float64Array(2 * steps)];
      for (let i = 0; i < steps; i++) {
        const above = falseAbove[i] as number;
        if (above > fp) {
          fpr[count] = above / negatives.count;
          pro[count] = reached;
          thresholds[count++] = lowestAbove[i] as number;
        }
        fp = falsePositives[i] as number;
        reached = covered[i] as number;
        fpr[count] = fp / negatives.count;
        pro[count] = reached;
        thresholds[count++] = scores[i] as number;
      }
    },
    end(lowest) {
      flush();
      if (fp === negatives.count) return;
      [fpr[0], pro[0], thresholds[0]] = [1, 1, lowest];
      count = 1;
      flush();
    },
  };
}
