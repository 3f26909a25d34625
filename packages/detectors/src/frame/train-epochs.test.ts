import { phaseStart, stepsPerEpoch, trainEpochs, type EpochPlan, type PhasePosition } from './train-epochs.js';

/** A plan that writes down what it is asked for. */
function recordingPlan(from: PhasePosition, stopAfter = Infinity): { plan: EpochPlan<number[]>; steps: string[]; positions: PhasePosition[]; means: number[] } {
  const steps: string[] = [];
  const positions: PhasePosition[] = [];
  const means: number[] = [];
  const plan: EpochPlan<number[]> = {
    epochs: 3,
    count: 7,
    batch: 2,
    from,
    order: (epoch) => Int32Array.from({ length: 7 }, (_, i) => (i + epoch) % 7),
    read: (indices) => Promise.resolve([...indices]),
    step: (batch) => {
      steps.push(batch.join('+'));
      return Promise.resolve(batch.reduce((a, b) => a + b, 0));
    },
    after: (position, mean, end) => {
      positions.push(position);
      if (end) means.push(mean);
      if (positions.length >= stopAfter) throw new Error('stopped');
      return Promise.resolve();
    },
  };
  return { plan, steps, positions, means };
}

describe('trainEpochs', () => {
  it('drops the last incomplete batch and takes a new order every epoch', async () => {
    const { plan, steps, means } = recordingPlan(phaseStart);
    await trainEpochs(plan);
    expect(stepsPerEpoch(7, 2)).toBe(3);
    expect(steps).toEqual(['0+1', '2+3', '4+5', '1+2', '3+4', '5+6', '2+3', '4+5', '6+0']);
    expect(means).toEqual([5, 7, 20 / 3]);
  });

  it('keeps it where that is asked for: an epoch is then all images', async () => {
    const { plan, steps, means } = recordingPlan(phaseStart);
    await trainEpochs({ ...plan, keepIncomplete: true });
    expect([stepsPerEpoch(7, 2, true), stepsPerEpoch(8, 2, true), stepsPerEpoch(1, 1, true)]).toEqual([4, 4, 1]);
    expect(steps.slice(0, 8)).toEqual(['0+1', '2+3', '4+5', '6', '1+2', '3+4', '5+6', '0']);
    expect(steps).toHaveLength(12);
    expect(means).toEqual([21 / 4, 21 / 4, 21 / 4]);
  });

  it.each([false, true])('goes on from any position as if it had never stopped, incomplete batches kept: %p', async (keepIncomplete) => {
    const whole = recordingPlan(phaseStart);
    await trainEpochs({ ...whole.plan, keepIncomplete });
    for (let stop = 1; stop < whole.steps.length; stop++) {
      const first = recordingPlan(phaseStart, stop);
      await expect(trainEpochs({ ...first.plan, keepIncomplete })).rejects.toThrow('stopped');
      const rest = recordingPlan(first.positions[stop - 1] as PhasePosition);
      await trainEpochs({ ...rest.plan, keepIncomplete });
      expect([...first.steps, ...rest.steps]).toEqual(whole.steps);
      expect([...first.means, ...rest.means]).toEqual(whole.means);
    }
  });

  it('names the step at which the loss is no longer finite', async () => {
    const { plan } = recordingPlan(phaseStart);
    await expect(trainEpochs({ ...plan, step: () => Promise.resolve(NaN) })).rejects.toThrow('the loss became NaN in epoch 1, step 1');
  });
});
