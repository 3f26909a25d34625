import * as tf from '@tensorflow/tfjs-core';
import { availableBackends, startEngine, type BackendName } from '@blemish/engine/node';
import { fullSuite } from './full-suite.js';

/** The backends that suites are held to; `webgpu` and `gpu` where a machine has them. */
export const backendsUnderTest: readonly BackendName[] = (process.env['BLEMISH_TEST_BACKENDS']?.split(',') as
  | BackendName[]
  | undefined) ?? ['cpu', 'wasm', 'native'];

/**
 * Runs one test body on every backend of `backends`, skipped with a message where a backend is absent, and checks that
 * the body leaves no tensor behind.
 */
export function describeBackends(
  name: string,
  body: (backend: BackendName) => void,
  backends: readonly BackendName[] = backendsUnderTest,
): void {
  for (const backend of backends) {
    if (!availableBackends().includes(backend)) {
      describe(`${name} [${backend}]`, () => it.skip(`skipped: backend ${backend} is not installed`, () => undefined));
      continue;
    }
    describe(`${name} [${backend}]`, () => {
      let before = 0;
      beforeAll(async () => {
        await startEngine({ backend });
        before = tf.memory().numTensors;
      });
      body(backend);
      afterAll(() => {
        expect(tf.memory().numTensors).toBe(before);
      });
    });
  }
}

/**
 * The backends of a suite that trains networks of their full size: `wasm` and `native` in the full suite, otherwise the one of them
 * that is fast here. What such a suite holds is the detector's own; each operation has tests on every backend.
 */
export const trainingBackends: readonly BackendName[] = fullSuite ? ['wasm', 'native'] : [availableBackends().includes('native') ? 'native' : 'wasm'];
