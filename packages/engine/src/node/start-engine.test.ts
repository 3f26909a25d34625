import * as tf from '@tensorflow/tfjs-core';
import { describeBackends, expectClose } from '@blemish-tools/jest';
import { availableBackends } from './available-backends.js';
import { engineReport } from '../engine-report.js';
import { startEngine } from './start-engine.js';

describeBackends('startEngine', (backend) => {
  it('makes a backend the current one', async () => {
    const { tensors, bytes } = engineReport().memory;
    const product = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])));
    expectClose(product.dataSync(), [19, 22, 43, 50], { tolerance: 0, label: 'matMul', backend });

    const report = await startEngine({ backend });
    expect(report).toMatchObject({ backend, memory: { tensors: tensors + 1, bytes: bytes + 16 } });
    expect(report.version).toMatch(backend === 'native' ? /^TensorFlow\.js 4\.22\.0, TensorFlow 2\.\d+\.\d+, (own kernels \d+ \(\w+\)|without own kernels \(.+\))$/ : /^TensorFlow\.js 4\.22\.0$/);
    expect(report.threads).toBeGreaterThanOrEqual(1);
    product.dispose();
  });
});

describe('choosing a backend', () => {
  const kept = process.env['BLEMISH_BACKEND'];
  afterEach(() => {
    if (kept === undefined) delete process.env['BLEMISH_BACKEND'];
    else process.env['BLEMISH_BACKEND'] = kept;
  });

  it('takes BLEMISH_BACKEND where no backend is asked for', async () => {
    process.env['BLEMISH_BACKEND'] = 'cpu';
    expect((await startEngine()).backend).toBe('cpu');
    expect((await startEngine({ backend: 'wasm' })).backend).toBe('wasm');
  });

  it('takes the best one by itself', async () => {
    delete process.env['BLEMISH_BACKEND'];
    const { backend } = await startEngine();
    expect(backend).toBe(availableBackends().includes('native') ? 'native' : backend);
    expect(availableBackends()).toContain(backend);
  });

  it('moves tensors from one backend to another', async () => {
    await startEngine({ backend: 'wasm' });
    const x = tf.tensor1d([1, 2, 3]);
    await startEngine({ backend: 'cpu' });
    const y = tf.add(x, 1);
    expect(Array.from(y.dataSync())).toEqual([2, 3, 4]);
    tf.dispose([x, y]);
  });

  it('names a backend that does not exist', async () => {
    process.env['BLEMISH_BACKEND'] = 'cuda';
    await expect(startEngine()).rejects.toThrow('BLEMISH_BACKEND: expected auto or one of gpu, native, webgpu, wasm, cpu, got cuda');
    await expect(startEngine({ backend: 'cuda' as 'cpu' })).rejects.toThrow('backend: expected auto or one of');
  });

  it('says in one line how to get a backend that is missing', async () => {
    if (availableBackends().includes('gpu')) return;
    const before = tf.getBackend();
    await expect(startEngine({ backend: 'gpu' })).rejects.toThrow(
      /^backend gpu is not here \(.*\); to get it: npm install @tensorflow\/tfjs-node-gpu@4\.22\.0 \(Linux or Windows, with CUDA\)$/,
    );
    expect(tf.getBackend()).toBe(before);
  });
});
