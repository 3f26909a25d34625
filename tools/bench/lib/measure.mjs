// @ts-check
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareOutputs } from './compare-outputs.mjs';
import { watchOthers } from './processor-time.mjs';
import { runOnce } from './run-once.mjs';
import { timing } from './statistics.mjs';
import { startWorker } from './worker-process.mjs';

/**
 * @typedef {import('./case.mjs').Case} Case
 * @typedef {import('./case.mjs').Context} Context
 * @typedef {import('./case.mjs').Side} Side
 * @typedef {import('./worker-process.mjs').Worker} Worker
 * @typedef {import('./statistics.mjs').Timing} Timing
 *
 * @typedef {object} Measured
 * @property {Timing} ours
 * @property {Timing | undefined} peer
 * @property {number | undefined} ratio the peer's median / ours
 * @property {Record<string, number> | undefined} errors largest error under each rule
 * @property {string | undefined} checked what the case's own check said
 * @property {number | undefined} others cores that other programs kept busy while this was timed
 * @property {Record<string, unknown>} oursReport what our side said of itself: versions, variant
 * @property {Record<string, unknown>} peerReport
 * @property {Record<string, number>} trials seconds of the peer's variants
 */

const pauseMilliseconds = 150; // threads that wait for more work spin for some milliseconds
const enoughSeconds = 12; // short repetitions are measured in more pairs than asked for, up to
const mostPairs = 25;

/**
 * Checks that both sides compute the same, and times them.
 *
 * @param {Case} one
 * @param {Context} context
 * @param {{pairs?: number | undefined, say: (line: string) => void}} options
 * @returns {Promise<Measured>}
 */
export async function measureCase(one, context, options) {
  await one.setup?.(context);
  const ours = one.ours(context);
  const peer = one.peer(context);
  return one.once ? measureOnce(one, context, ours, peer, options) : measureWorkers(one, context, ours, peer, options);
}

/**
 * @param {Case} one
 * @param {Context} context
 * @param {Side} ours
 * @param {Side | undefined} peer
 * @param {{pairs?: number | undefined, say: (line: string) => void}} options
 * @returns {Promise<Measured>}
 */
async function measureOnce(one, context, ours, peer, { pairs = one.pairs ?? 1, say }) {
  /** @type {{seconds: number, peakBytes: number | undefined}[][]} */
  const runs = [[], []];
  const others = watchOthers([]);
  for (let pair = 0; pair < pairs; pair++) {
    for (const [i, side] of [ours, peer].entries()) {
      if (side === undefined) continue;
      const label = i === 0 ? 'ours' : one.against;
      const run = await runOnce(side, label);
      say(`${one.name}: ${label} ${run.seconds.toFixed(2)} s`);
      runs[i]?.push(run);
    }
  }
  const disturbed = others();
  const checked = peer === undefined ? undefined : ((await one.check?.(context)) ?? undefined);
  const [oursTiming, peerTiming] = runs.map((list) =>
    list.length === 0
      ? undefined
      : timing(list.map(({ seconds }) => seconds), { flops: one.flops, peakBytes: largest(list.map(({ peakBytes }) => peakBytes)) }),
  );
  return result(/** @type {Timing} */ (oursTiming), peerTiming, { checked, others: disturbed });
}

/**
 * @param {Case} one
 * @param {Context} context
 * @param {Side} ours
 * @param {Side | undefined} peer
 * @param {{pairs?: number | undefined, say: (line: string) => void}} options
 * @returns {Promise<Measured>}
 */
async function measureWorkers(one, context, ours, peer, { pairs, say }) {
  const { folder } = context;
  const labels = ['ours', one.against];
  /** @type {Record<string, unknown>[]} */
  const reports = [{}, {}];
  /** @type {Record<string, number>} */
  const trials = {};
  /** @type {Record<string, number> | undefined} */
  let errors;
  /** @type {Side[]} */
  let sides = [ours];

  if (peer === undefined) {
    await withWorkers([ours], labels, async ([worker]) => void (reports[0] = await mustPrepare(worker, folder)));
  } else {
    const file = (/** @type {string} */ side) => join(folder, `outputs-${side}.safetensors`);
    // Ours first: it writes the inputs. These processes only check, so that the timed ones hold nothing else.
    await withWorkers([ours], labels, async ([worker]) => {
      reports[0] = await mustPrepare(worker, folder);
      if (one.compare) await worker?.ask({ do: 'outputs', file: file('ours') });
    });
    const chosen = await fastest(peer, one, folder, trials, say);
    await withWorkers([chosen], labels.slice(1), async ([worker]) => {
      reports[1] = await mustPrepare(worker, folder);
      if (one.compare) await worker?.ask({ do: 'outputs', file: file('peer') });
    });
    if (one.compare) {
      errors = compareOutputs(await readOutputs(file('ours')), await readOutputs(file('peer')), one.compare);
      for (const side of ['ours', 'peer']) rmSync(file(side));
      say(`${one.name}: outputs are equal, ${Object.entries(errors).map(([prefix, error]) => `${prefix} within ${error.toExponential(1)}`).join(', ')}`);
    }
    sides = [ours, chosen];
  }

  return withWorkers(sides, labels, async (workers) => {
    for (const worker of workers) await mustPrepare(worker, folder);
    // In turn, like the pairs: the first repetition after a long rest is slow too.
    for (let i = 0; i < (one.warmups ?? 1); i++) for (const worker of workers) await worker.ask({ do: 'run' });
    for (const worker of workers) worker.forgetPeak();
    /** @type {number[][]} */
    const seconds = workers.map(() => []);
    const least = pairs ?? one.pairs ?? 7;
    const others = watchOthers(workers.map(({ pid }) => pid));
    let spent = 0;
    for (let pair = 0; pair < least || (pairs === undefined && least > 1 && pair < mostPairs && spent < enoughSeconds); pair++) {
      for (const [i, worker] of workers.entries()) {
        await sleep(pauseMilliseconds);
        const took = Number((await worker.ask({ do: 'run' }))['seconds']);
        if (!(took > 0)) throw new Error(`${labels[i]}: expected the seconds of a run, got ${took}`);
        seconds[i]?.push(took);
        spent += took;
      }
    }
    const disturbed = others();
    const [oursTiming, peerTiming] = workers.map((worker, i) =>
      timing(/** @type {number[]} */ (seconds[i]), { flops: one.flops, peakBytes: worker.peakBytes() }),
    );
    const checked = peerTiming === undefined ? undefined : ((await one.check?.(context)) ?? undefined);
    return result(/** @type {Timing} */ (oursTiming), peerTiming, { errors, checked, reports, trials, others: disturbed });
  });
}

/**
 * The fastest of a side's variants, each in a process of its own: one repetition to warm up, then two, or one where it is long.
 *
 * @param {Side} side
 * @param {Case} one
 * @param {string} folder
 * @param {Record<string, number>} trials filled with their seconds
 * @param {(line: string) => void} say
 * @returns {Promise<Side>}
 */
async function fastest(side, { name: caseName, against }, folder, trials, say) {
  const { variants = [], ...plain } = side;
  /** @type {Side} */
  let best = plain;
  let least = Infinity;
  for (const { name, args = [], env = {} } of variants) {
    const variant = { ...plain, args: [...plain.args, ...args], env: { ...plain.env, ...env } };
    const seconds = await withWorkers([variant], [`${against}, ${name}`], async ([worker]) => {
      await mustPrepare(worker, folder);
      const run = async () => Number((await worker?.ask({ do: 'run' }))?.['seconds']);
      const first = await run();
      return first > 3 ? run() : Math.min(await run(), await run());
    });
    trials[name] = seconds;
    if (seconds < least) [least, best] = [seconds, variant];
  }
  if (variants.length > 1) {
    say(`${caseName}: ${against}, ${Object.entries(trials).map(([name, seconds]) => `${name} ${seconds.toPrecision(3)} s`).join(', ')}`);
  }
  return best;
}

/**
 * Starts sides, gives them to `work` and ends them.
 *
 * @template T
 * @param {readonly Side[]} sides
 * @param {readonly string[]} labels
 * @param {(workers: Worker[]) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withWorkers(sides, labels, work) {
  const workers = sides.map((side, i) => startWorker(side, String(labels[i])));
  try {
    return await work(workers);
  } finally {
    await Promise.all(workers.map((worker) => worker.quit()));
  }
}

/** @param {Worker | undefined} worker @param {string} folder */
async function mustPrepare(worker, folder) {
  return (await worker?.ask({ do: 'prepare', folder })) ?? {};
}

/** @param {string} file */
async function readOutputs(file) {
  const { readSafetensors } = await import('@blemish/weights');
  return readSafetensors(readFileSync(file), file).tensors;
}

/** @param {readonly (number | undefined)[]} values */
function largest(values) {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/**
 * @param {Timing} ours
 * @param {Timing | undefined} peer
 * @param {{errors?: Measured['errors'], checked?: string | undefined, reports?: Record<string, unknown>[], trials?: Record<string, number>, others?: number | undefined}} more
 * @returns {Measured}
 */
function result(ours, peer, { errors, checked, reports = [], trials = {}, others }) {
  return {
    ours,
    peer,
    ratio: peer === undefined ? undefined : peer.median / ours.median,
    errors,
    checked,
    others,
    oursReport: reports[0] ?? {},
    peerReport: reports[1] ?? {},
    trials,
  };
}
