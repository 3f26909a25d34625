import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, uniformTensor } from '@blemish-tools/jest';
import { forEachIsa } from '../testing/native-variants.js';
import { adamStep } from './adam-step.js';

const factors = { beta1: 0.9, beta2: 0.999, a: 0.02, e: 1e-4, l2: 0.01 };
// More than one thread's share, and no multiple of a vector.
const size = 70_003;
const [w, g, m, v] = [uniformTensor(1, size, -1, 1), uniformTensor(2, size, -1, 1), uniformTensor(3, size, -1, 1), uniformTensor(4, size, 0, 1)];

describeBackends('adamStep', (backend) => {
  it('is the formula, in float64; or leaves it to the optimiser', () => {
    const expected = [new Float64Array(size), new Float64Array(size), new Float64Array(size)] as const;
    for (let i = 0; i < size; i++) {
      const gradient = (g[i] as number) + factors.l2 * (w[i] as number);
      const first = factors.beta1 * (m[i] as number) + gradient;
      const second = factors.beta2 * (v[i] as number) + gradient ** 2;
      [expected[0][i], expected[1][i], expected[2][i]] = [(w[i] as number) - (factors.a * first) / (Math.sqrt(second) + factors.e), first, second];
    }
    forEachIsa((isa) => {
      const inputs = [w, g, m, v].map((values) => tf.tensor1d(values)) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const stepped = adamStep(...inputs, factors);
      if (isa === 'plain') expect(stepped).toBeUndefined();
      stepped?.forEach((tensor, i) => {
        expectClose(tensor.dataSync(), expected[i] as Float64Array, { tolerance: 4e-7, label: `adamStep ${isa} ${['w', 'm', 'v'][i]}`, backend });
      });
      tf.dispose([...inputs, ...(stepped ?? [])]);
    });
  });
});
