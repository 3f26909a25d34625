import type { StartedEngine } from '@blemish/engine/node';

/**
 * The engine that was started, as lines for people: which, what was installed and did not start, and what would be faster.
 *
 * @param overImages threads that share the images, where there are some
 */
export function describeEngine({ backend, version, threads, skipped }: StartedEngine, overImages?: number): string[] {
  return [
    // WebGPU comes with a checkout for the tests: that there is no graphics adapter is no news. `doctor` says it.
    ...skipped.filter((other) => other.backend !== 'webgpu').map(({ reason }) => `engine: ${reason}`),
    `engine: ${backend} ${version}, ${threads} thread${threads === 1 ? '' : 's'}${overImages === undefined ? '' : `, ${overImages} over images`}`,
    ...(backend === 'wasm' || backend === 'cpu' ? ['a native engine is many times faster: npm run engine:native'] : []),
  ];
}
