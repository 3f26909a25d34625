// @ts-check
// Tries input after input from a given index on, telling the index before each, so that the starter knows which one it died of.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { countAllocations } from './count-allocations.mjs';
import { inputAt } from './mutate.mjs';
import { seedsOf } from './seeds.mjs';
import { tryInput } from './try-input.mjs';

/** @type {{ format: import('./options.mjs').Format, seed: number, from: number, until?: number, seconds: number, shared: SharedArrayBuffer }} */
const { format, seed, from, seconds, shared } = workerData;
const current = new Int32Array(shared);
const seeds = seedsOf(format);
countAllocations();
const depth = await import('@blemish/depth');
const { decodeDepth } = await import('@blemish/images');

const readers = {
  npy: async (/** @type {Uint8Array} */ bytes, /** @type {string} */ name) => depth.readNpy(bytes, name),
  ply: async (/** @type {Uint8Array} */ bytes, /** @type {string} */ name) => depth.readPly(bytes, name),
  pcd: async (/** @type {Uint8Array} */ bytes, /** @type {string} */ name) => depth.readPcd(bytes, name),
  tiff: async (/** @type {Uint8Array} */ bytes, /** @type {string} */ name) => (await decodeDepth(bytes, { name, scale: 1 })).z,
};

await tryInput(format, readers[format], /** @type {Uint8Array} */ (seeds[0])); // what the first call alone allocates
const until = workerData.until ?? Date.now() + seconds * 1000;
parentPort?.postMessage({ until });
const totals = { tried: 0, read: 0, slowest: 0, share: 0 };
for (let index = from; Date.now() < until; index++) {
  Atomics.store(current, 0, index);
  const outcome = await tryInput(format, readers[format], inputAt(seeds, seed, index));
  totals.tried++;
  if (outcome.read) totals.read++;
  if (outcome.milliseconds > totals.slowest) {
    // Once more: most slow ones only waited for the machine.
    const again = await tryInput(format, readers[format], inputAt(seeds, seed, index));
    totals.slowest = Math.max(totals.slowest, Math.min(outcome.milliseconds, again.milliseconds));
  }
  totals.share = Math.max(totals.share, outcome.share);
  if (outcome.finding !== undefined) parentPort?.postMessage({ index, finding: outcome.finding });
  // What Node puts off to the next turn (zlib's closing) would gather without end in a loop that never gives one.
  if (totals.tried % 256 === 0) await nextTurn();
  if (totals.tried % 4096 === 0) parentPort?.postMessage({ totals });
}
parentPort?.postMessage({ totals, done: true });
