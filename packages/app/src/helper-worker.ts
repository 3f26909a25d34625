import { parentPort } from 'node:worker_threads';
import { createHelper, type Helper } from '@blemish/detectors';
import { startEngine } from '@blemish/engine/node';
import type { HelperAnswer, HelperOrder } from './helper-threads.js';

// The entry of a helper thread: an order to prepare itself, then jobs, one answer each, in their order.
let helper: Helper | undefined;
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (order: HelperOrder) => {
  last = last.then(async () => {
    const answer = await follow(order).catch((error: unknown): HelperAnswer => ({ error: error instanceof Error ? error.message : String(error) }));
    const buffers = 'result' in answer ? Object.values(answer.result).map((array: Float32Array) => array.buffer as ArrayBuffer) : [];
    parentPort?.postMessage(answer, [...new Set(buffers)]);
  });
});

async function follow(order: HelperOrder): Promise<HelperAnswer> {
  if ('parts' in order) {
    await startEngine({ backend: order.backend });
    helper = createHelper(order.parts);
    return { ready: true };
  }
  if (helper === undefined) throw new Error('the helper is not prepared');
  return { result: await helper.run(order.job) };
}
