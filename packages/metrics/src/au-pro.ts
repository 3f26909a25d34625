/** A curve over the false-positive rate, such as `proCurve` returns; the FPR never falls. */
export interface FprCurve {
  /** False-positive rates, ascending, the last one 1. */
  readonly fpr: ArrayLike<number>;
  /** The share of defects found at each. */
  readonly pro: ArrayLike<number>;
}

/**
 * Area under a PRO curve up to a false-positive rate, divided by that rate: 1 is perfect, limit / 2 is what a constant
 * map scores. Trapezoids, the curve interpolated at the limit; never rescaled by the curve's own minimum and maximum.
 *
 * @param limit in (0, 1]; 0.3 is the field's habit, 0.05 and 0.01 are stricter
 */
export function auPro(curve: FprCurve, limit = 0.3): number {
  const { fpr, pro } = curve;
  checkLimit(limit);
  if (fpr.length !== pro.length || fpr.length === 0) {
    throw new Error(`auPro: expected as many PRO values as FPRs, got ${fpr.length} FPRs and ${pro.length} PRO values`);
  }
  if ((fpr[fpr.length - 1] as number) < limit) {
    throw new Error(`auPro: the curve ends at FPR ${fpr[fpr.length - 1]}, before the limit ${limit}`);
  }
  const area = createLimitedArea(limit);
  area.add(fpr, pro, fpr.length);
  return area.value();
}

/** Adds up the area under a curve that comes part by part, up to a false-positive rate. */
export interface LimitedArea {
  /** The first `count` points of these arrays come next; the FPR never falls. */
  add(fpr: ArrayLike<number>, pro: ArrayLike<number>, count: number): void;
  /** Whether a point lies beyond the limit: what follows changes nothing. */
  complete(): boolean;
  /** The area up to the limit, divided by the limit, once a point has reached it. */
  value(): number;
}

/** @param limit in (0, 1] */
export function createLimitedArea(limit: number): LimitedArea {
  checkLimit(limit);
  let area = 0;
  let last = { fpr: NaN, pro: 0 }; // NaN before the first point
  return {
    add(fpr, pro, count) {
      let sum = area;
      let { fpr: left, pro: from } = last;
      for (let i = 0; i < count && !(left > limit); i++) {
        const right = fpr[i] as number;
        const to = pro[i] as number;
        if (right > limit) {
          const atLimit = from + ((to - from) * (limit - left)) / (right - left);
          if (limit > left) sum += ((limit - left) * (from + atLimit)) / 2;
        } else if (right > left) sum += ((right - left) * (from + to)) / 2;
        left = right;
        from = to;
      }
      area = sum;
      last = { fpr: left, pro: from };
    },
    complete: () => last.fpr > limit,
    value: () => area / limit,
  };
}

function checkLimit(limit: number): void {
  if (!(limit > 0 && limit <= 1)) throw new Error(`auPro: limit is an FPR above 0 and up to 1, got ${limit}`);
}
