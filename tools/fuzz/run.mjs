// @ts-check
// npm run fuzz -- --format tiff|ply|pcd|npy --seconds N [--seed S] [--out FOLDER]
// Exit code 0 without a finding, 1 with one (each input that one was found with is in the folder), 2 for wrong usage.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { inputAt } from './lib/mutate.mjs';
import { readOptions } from './lib/options.mjs';
import { seedsOf } from './lib/seeds.mjs';

/** An input that takes longer hangs. */
const longest = 2000;

/** @type {import('./lib/options.mjs').Options} */
let options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(`fuzz: ${/** @type {Error} */ (error).message}`);
  process.exit(2);
}
const { format, seconds, seed, out } = options;
/** When time is up; it runs from when the first worker is ready. */
let until = Number.POSITIVE_INFINITY;
const seeds = seedsOf(format);
/** @type {Map<string, number>} findings whose numbers aside are the same, and how often */
const findings = new Map();
const totals = { tried: 0, read: 0, slowest: 0, share: 0 };

for (let from = 0; Date.now() < until && findings.size < 20; ) from = await runWorker(from);
const readShare = totals.tried === 0 ? 0 : Math.round((100 * totals.read) / totals.tried);
console.log(
  `fuzz ${format}, seed ${seed}: ${totals.tried} inputs in ${seconds} s, ${readShare} % read, the rest refused; ` +
    `slowest ${totals.slowest.toFixed(0)} ms, largest allocation ${(100 * totals.share).toFixed(0)} % of what is allowed; ${findings.size} findings`,
);
process.exitCode = findings.size > 0 ? 1 : 0;

/**
 * Runs one worker until time is up, it hangs or dies; returns the index to go on from.
 * @param {number} from
 * @returns {Promise<number>}
 */
function runWorker(from) {
  const shared = new SharedArrayBuffer(4);
  const current = new Int32Array(shared);
  current[0] = from - 1; // starting, which may take its time
  const worker = new Worker(new URL('./lib/worker.mjs', import.meta.url), {
    workerData: { format, seed, from, until: Number.isFinite(until) ? until : undefined, seconds, shared },
    resourceLimits: { maxOldGenerationSizeMb: 192 },
  });
  let latest = { tried: 0, read: 0, slowest: 0, share: 0 };
  return new Promise((resolve) => {
    let [seen, since, cpu, over] = [from - 1, Date.now(), process.cpuUsage(), false];
    const watch = setInterval(() => {
      const index = Atomics.load(current, 0);
      const [waited, { user, system }] = [Date.now() - since, process.cpuUsage(cpu)];
      if (index !== seen) [seen, since, cpu] = [index, Date.now(), process.cpuUsage()];
      // On a busy machine only the time that this process had counts.
      else if (seen >= from && (user + system) / 1000 > longest) end(`no answer within ${longest} ms`);
      else if (waited > 30 * longest) end(seen >= from ? 'no answer, and nothing done for one' : 'the worker does not start');
    }, 100);
    const end = (/** @type {string | undefined} */ finding) => {
      if (over) return;
      over = true;
      clearInterval(watch);
      const index = Atomics.load(current, 0);
      if (finding !== undefined && index < from) {
        console.error(`fuzz: ${finding}`);
        process.exit(1);
      }
      if (finding !== undefined) found(index, finding);
      totals.tried += latest.tried;
      totals.read += latest.read;
      totals.slowest = Math.max(totals.slowest, latest.slowest);
      totals.share = Math.max(totals.share, latest.share);
      void worker.terminate().then(() => resolve(index + 1));
    };
    worker.on('message', (message) => {
      if (message.finding !== undefined) found(message.index, message.finding);
      if (message.until !== undefined) until = message.until;
      if (message.totals) latest = message.totals;
      if (message.done) end(undefined);
    });
    worker.on('error', (error) => end(`the worker died: ${error.message}`));
    worker.on('exit', (code) => end(`the worker ended by itself, exit code ${code}`));
  });
}

/**
 * @param {number} index
 * @param {string} finding
 */
function found(index, finding) {
  const kind = finding.replace(/\d+/g, '#');
  const times = (findings.get(kind) ?? 0) + 1;
  findings.set(kind, times);
  if (times > 1) return;
  mkdirSync(out, { recursive: true });
  const file = join(out, `${format}-${seed}-${index}.bin`);
  writeFileSync(file, inputAt(seeds, seed, Math.max(0, index)));
  console.log(`${file}: ${finding}`);
}
