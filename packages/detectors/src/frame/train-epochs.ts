/** Where a training phase stands: the next step to take. */
export interface PhasePosition {
  /** Epochs finished. */
  readonly epoch: number;
  /** Steps taken in the current epoch. */
  readonly step: number;
  /** Sum of their losses. */
  readonly lossSum: number;
}

/** The start of a phase. */
export const phaseStart: PhasePosition = { epoch: 0, step: 0, lossSum: 0 };

/** What {@link trainEpochs} is told. */
export interface EpochPlan<Batch> {
  readonly epochs: number;
  /** Number of images, at least `batch`. */
  readonly count: number;
  readonly batch: number;
  /** Whether an epoch ends with an incomplete batch, where images are left over. Default false: they wait for another epoch. */
  readonly keepIncomplete?: boolean;
  /** Where to start: {@link phaseStart}, or the position of a checkpoint. */
  readonly from: PhasePosition;
  /** The order of the images in an epoch: a function of the epoch alone, so that a resumed run needs no generator's state. */
  readonly order: (epoch: number) => Int32Array;
  /** Reads the images of one step; called one step ahead, so that reading overlaps with training. */
  readonly read: (indices: Int32Array, epoch: number, step: number) => Promise<Batch>;
  /** Takes one optimisation step and returns the loss before it. */
  readonly step: (batch: Batch) => Promise<number>;
  /** Called after every step; `mean` is the epoch's mean loss so far, `end` says that the epoch is over. */
  readonly after: (position: PhasePosition, mean: number, end: boolean) => Promise<void>;
}

/** Steps in an epoch. */
export function stepsPerEpoch(count: number, batch: number, keepIncomplete = false): number {
  return keepIncomplete ? Math.ceil(count / batch) : Math.floor(count / batch);
}

/**
 * Walks the epochs of one training phase, every epoch in an order of its own.
 *
 * @throws Error naming epoch and step when a loss is not finite; whatever `read`, `step` and `after` throw
 */
export async function trainEpochs<Batch>(plan: EpochPlan<Batch>): Promise<void> {
  const { epochs, count, batch, keepIncomplete, from, order, read, step, after } = plan;
  const steps = stepsPerEpoch(count, batch, keepIncomplete);
  const readStep = (epoch: number, index: number): Promise<Batch> | undefined => {
    const [e, s] = index < steps ? [epoch, index] : [epoch + 1, 0];
    if (e >= epochs) return undefined;
    const reading = read(order(e).subarray(s * batch, (s + 1) * batch), e, s);
    reading.catch(() => undefined); // awaited a step later; unhandled until then
    return reading;
  };

  let next = readStep(from.epoch, from.step);
  for (let epoch = from.epoch; epoch < epochs; epoch++) {
    const resumed = epoch === from.epoch;
    let lossSum = resumed ? from.lossSum : 0;
    for (let index = resumed ? from.step : 0; index < steps; index++) {
      const data = await next;
      next = readStep(epoch, index + 1);
      if (data === undefined) throw new Error(`no batch was read for epoch ${epoch + 1}, step ${index + 1}`);
      const loss = await step(data);
      if (!Number.isFinite(loss)) {
        throw new Error(`the loss became ${loss} in epoch ${epoch + 1}, step ${index + 1}; a smaller learning rate may help`);
      }
      lossSum += loss;
      const end = index + 1 === steps;
      const position = end ? { epoch: epoch + 1, step: 0, lossSum: 0 } : { epoch, step: index + 1, lossSum };
      await after(position, lossSum / (index + 1), end);
    }
  }
}
