import type { StartedEngine } from '@blemish/engine/node';
import { describeEngine } from './describe-engine.js';

const engine = { backend: 'native', version: 'TensorFlow.js 4.22.0', threads: 2, skipped: [] } as unknown as StartedEngine;

it('says which engine runs', () => {
  expect(describeEngine(engine)).toEqual(['engine: native TensorFlow.js 4.22.0, 2 threads']);
});

it('says how many threads share the images', () => {
  expect(describeEngine({ ...engine, backend: 'wasm', threads: 1 }, 4)[0]).toBe('engine: wasm TensorFlow.js 4.22.0, 1 thread, 4 over images');
});

it('says what would be faster', () => {
  expect(describeEngine({ ...engine, backend: 'wasm', threads: 1 })).toEqual([
    'engine: wasm TensorFlow.js 4.22.0, 1 thread',
    'a native engine is many times faster: npm run engine:native',
  ]);
});

it('says what was installed and did not start, but for WebGPU without a graphics adapter', () => {
  const skipped = [
    { backend: 'native', reason: 'backend native is not here (damaged)' },
    { backend: 'webgpu', reason: 'backend webgpu is not here (no adapter)' },
  ] as const;
  expect(describeEngine({ ...engine, skipped })[0]).toBe('engine: backend native is not here (damaged)');
  expect(describeEngine({ ...engine, skipped })).toHaveLength(2);
});
