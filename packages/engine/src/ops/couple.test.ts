import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, maxAbs, uniformTensor } from '@blemish-tools/jest';
import { forEachIsa } from '../testing/native-variants.js';
import { couple } from './couple.js';

// Notation: as in couple.ts; dy, dj: cotangents of y and of the sum of e.
const clamp = 1.9;
const shape = [2, 3, 5, 21] as const;
const [positions, c] = [30, 21];
const x = uniformTensor(1, positions * c, -2, 2);
const dy = uniformTensor(3, positions * c, -1, 1);
const dj = uniformTensor(4, positions, -1, 1);

/** Raw scales from far below the clamp to far beyond, and zeros of both signs. */
const r = uniformTensor(2, positions * 2 * c, -1, 1).map((value, i) => (i === 0 ? 0 : i === 1 ? -0 : value * 10 ** ((i % 7) - 3)));

/** Both results and both gradients by definition, in float64. */
function expected(): { y: number[]; j: number[]; dx: number[]; dr: number[] } {
  const [y, dx, dr] = [new Array<number>(positions * c), new Array<number>(positions * c), new Array<number>(positions * 2 * c)];
  const j = new Array<number>(positions).fill(0);
  const at = (array: ArrayLike<number>, i: number): number => array[i] as number;
  for (let p = 0; p < positions; p++) {
    for (let i = 0; i < c; i++) {
      const [k, s] = [p * c + i, at(r, p * 2 * c + i)];
      const e = 0.636 * clamp * Math.atan(s / clamp);
      y[k] = at(x, k) * Math.exp(e) + at(r, p * 2 * c + c + i);
      j[p] = at(j, p) + e;
      dx[k] = at(dy, k) * Math.exp(e);
      dr[p * 2 * c + i] = ((at(dx, k) * at(x, k) + at(dj, p)) * 0.636) / (1 + (s / clamp) ** 2);
      dr[p * 2 * c + c + i] = at(dy, k);
    }
  }
  return { y, j, dx, dr };
}

describeBackends('couple', (backend) => {
  it('is what it says, and so are its gradients, in float64; or leaves it to the flow', () => {
    const wanted = expected();
    forEachIsa((isa) => {
      const tensors = tf.tidy(() => {
        const inputs = [tf.tensor4d(x, [...shape]), tf.tensor4d(r, [2, 3, 5, 42])] as const;
        const made = couple(...inputs, clamp);
        if (made === undefined) return [];
        const { grads } = tf.valueAndGrads((a, b) => {
          const { y, logAbsDet } = couple(a as tf.Tensor4D, b as tf.Tensor4D, clamp) ?? made;
          return tf.add(tf.sum(tf.mul(y, tf.tensor4d(dy, [...shape]))), tf.sum(tf.mul(logAbsDet, tf.tensor3d(dj, [2, 3, 5]))));
        })([...inputs]);
        return [made.y, made.logAbsDet, ...grads];
      });
      if (isa === 'plain') return expect(tensors).toEqual([]);
      (['y', 'j', 'dx', 'dr'] as const).forEach((name, i) => {
        const values = wanted[name];
        expectClose((tensors[i] as tf.Tensor).dataSync(), values, { tolerance: 5e-7 * maxAbs(values), label: `couple ${isa} ${name}`, backend });
      });
      tf.dispose(tensors);
    });
  });
});
