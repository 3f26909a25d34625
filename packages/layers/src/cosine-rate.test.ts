import * as tf from '@tensorflow/tfjs-core';
import { startEngine } from '@blemish/engine/node';
import { cosineRate } from './cosine-rate.js';
import { createAdam } from './create-adam.js';

describe('cosineRate', () => {
  it('falls from the start by half in the middle to almost nothing', () => {
    const rate = cosineRate(0.2, 100);
    expect(rate(1)).toBe(0.2);
    expect(rate(51)).toBeCloseTo(0.1, 12);
    expect(rate(100)).toBeCloseTo(0.2 * Math.sin((Math.PI / 2) * 0.01) ** 2, 12);
    expect(rate(500)).toBeCloseTo(0, 12);
    for (let step = 2; step <= 100; step++) expect(rate(step)).toBeLessThan(rate(step - 1));
  });

  it('is what Adam moves a parameter by, whose gradient is always the same', async () => {
    await startEngine({ backend: 'cpu' });
    const adam = createAdam({ learningRate: cosineRate(0.1, 4) });
    const params = { w: tf.tensor1d([1]) as tf.Tensor };
    const gradient = tf.tensor1d([3]);
    let moved = 0;
    for (let step = 1; step <= 4; step++) {
      adam.step(params, { w: gradient });
      moved += cosineRate(0.1, 4)(step);
      expect(params.w.dataSync()[0]).toBeCloseTo(1 - moved, 5);
    }
    tf.dispose([params.w, gradient]);
    adam.dispose();
  });
});
