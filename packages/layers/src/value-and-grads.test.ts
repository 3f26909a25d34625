import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose, numericalGradient } from '@blemish-tools/jest';
import { disposeParams, getParam, pickParams, replaceParams, type Params } from './params.js';
import { valueAndGrads } from './value-and-grads.js';

describeBackends('valueAndGrads', (backend) => {
  const start = [0.3, -0.8, 1.7];
  const make = (): Params => ({ w: tf.tensor1d(start), unused: tf.tensor1d([5]) });

  it('gives the value and the gradients, none for what the loss does not depend on', () => {
    const params = make();
    const { value, grads, buffers } = valueAndGrads(() => tf.sum(tf.mul(tf.sin(getParam(params, 'w')), getParam(params, 'w'))), params);
    const loss = (w: ArrayLike<number>): number => Array.from(w).reduce((sum, v) => sum + Math.sin(v) * v, 0);
    expectClose(value.dataSync(), [loss(start)], { tolerance: 1e-6, label: 'layers valueAndGrads value', backend });
    expect(Object.keys(grads)).toEqual(['w']);
    expectClose(getParam(grads, 'w').dataSync(), numericalGradient(loss, start), { tolerance: 1e-6, label: 'layers valueAndGrads', backend });
    expect(buffers).toEqual({});
    [params, grads, { value }].forEach(disposeParams);
  });

  it('keeps the buffers that the loss returns, which may then replace parameters', () => {
    const params = make();
    const { value, grads, buffers } = valueAndGrads(
      () => {
        const squares = tf.square(getParam(params, 'w'));
        return { loss: tf.sum(squares), buffers: { unused: tf.mean(squares, 0, true) } };
      },
      pickParams(params, ['w']),
    );
    replaceParams(params, buffers);
    expect(getParam(params, 'unused').dataSync()[0]).toBeCloseTo((0.09 + 0.64 + 2.89) / 3, 5);
    [params, grads, { value }].forEach(disposeParams);
  });

  it('leaves nothing behind where the loss throws', () => {
    const params = make();
    const before = tf.memory().numTensors;
    const fail = (): never => {
      throw new Error('no loss today');
    };
    expect(() => valueAndGrads(() => ({ loss: fail(), buffers: { b: tf.zeros([1]) } }), params)).toThrow('no loss today');
    expect(tf.memory().numTensors).toBe(before);
    disposeParams(params);
  });
});
