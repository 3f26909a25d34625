// @ts-check
// kill -9 during the features, the teacher, the student, a write of the feature cache and a write of a checkpoint:
// --resume must end with the same model file, byte for byte, as a run that was never stopped.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mustRun, runBlemish } from './lib/blemish.mjs';
import { privateCache } from './lib/cache-folder.mjs';
import { createChecklist } from './lib/checklist.mjs';
import { drawDataset } from './lib/draw-parts.mjs';
import { killDuring } from './lib/kill-during.mjs';
import { root, toolOptions } from './lib/options.mjs';
import { withTempFolder } from './lib/temp-folder.mjs';

const { values } = toolOptions({
  usage: `node tools/acceptance/run.mjs resume [--backend native] [--clock 10] [--seconds 60]
--clock: how many times as fast the runs' stopwatch goes, so that checkpoints come every 3 s and not every 30
--seconds: how long teacher and student each train, by that stopwatch; more than the 30 s between two checkpoints`,
  options: { backend: { type: 'string' }, clock: { type: 'string', default: '10' }, seconds: { type: 'string', default: '60' }, keep: { type: 'boolean' } },
});
const hook = (/** @type {string} */ name) => `--import=${pathToFileURL(resolve(root, 'tools/acceptance/lib', name)).href}`;
const clock = { NODE_OPTIONS: hook('fast-clock.mjs'), BLEMISH_CLOCK: String(values['clock']) };
const list = createChecklist();

await withTempFolder(async (folder) => {
  drawDataset(join(folder, 'drawn/parts'), { train: 16, test: 2 });
  const config = join(folder, 'config.yaml');
  const configure = (/** @type {number} */ teacher, /** @type {number} */ student) =>
    writeFileSync(config, `teacher: {epochs: ${teacher}}\nstudent: {epochs: ${student}}\n`);
  const args = (/** @type {string} */ run) => [
    ...['train', '--model', 'ast', '--preset', 'smoke', '--config', config, '--data', join(folder, 'drawn'), '--category', 'parts'],
    ...['--seed', '7', '--out', join(folder, 'results'), '--run', run, '--no-maps'],
    ...(values['backend'] ? ['--backend', String(values['backend'])] : []),
  ];
  const runFolder = (/** @type {string} */ run) => join(folder, 'results/ast/drawn/parts', run);
  const hash = (/** @type {string} */ run) => createHash('sha256').update(readFileSync(join(runFolder(run), 'model.safetensors'))).digest('hex');
  const quiet = { env: { ...clock, ...(await privateCache(join(folder, 'cache'))) } };

  // How long an epoch takes here decides how many fill the time.
  configure(5, 5);
  await mustRun(args('probe'), quiet);
  const { seconds } = JSON.parse(readFileSync(join(runFolder('probe'), 'training.json'), 'utf8'));
  const epochs = (/** @type {string} */ phase) => Math.max(5, Math.ceil((5 * Number(values['seconds'])) / seconds[phase]));
  configure(epochs('teacher'), epochs('student'));
  console.log(`teacher ${epochs('teacher')} epochs, student ${epochs('student')} epochs`);
  await mustRun(args('whole'), quiet);
  const expected = hash('whole');
  console.log(`never stopped: ${expected}`);

  for (const cache of [true, false]) {
    const own = cache ? [] : ['--no-cache'];
    const label = cache ? 'with the cache' : 'without the cache';
    const caches = { count: 0 };
    const freshCache = async () => ({ ...clock, ...(await privateCache(join(folder, `cache-${cache}-${caches.count++}`))) });

    /**
     * @param {string} what
     * @param {(args: string[], folder: string, env: Record<string, string>) => Promise<string>} stop stops the run, and says where
     */
    async function interrupted(what, stop) {
      const run = `${what.replaceAll(/[^a-z]+/g, '-')}-${cache ? 'cached' : 'uncached'}`;
      const command = [...args(run), ...own];
      /** @type {Record<string, string>} */
      const env = await freshCache();
      try {
        const where = await stop(command, runFolder(run), env);
        await mustRun([...command, '--resume'], { env });
        const left = [...filesBelow(String(env['BLEMISH_CACHE'])), ...filesBelow(runFolder(run))].filter((path) => path.endsWith('.tmp'));
        if (left.length > 0) throw new Error(`${where}; the resumed run left ${left.join(', ')}`);
        list.check(hash(run) === expected, `killed during ${what}, ${label}`, where);
      } catch (error) {
        list.check(false, `killed during ${what}, ${label}`, error instanceof Error ? error.message : String(error));
      }
    }

    const kept = (/** @type {string} */ at, /** @type {Record<string, string>} */ env, /** @type {string} */ suffix) =>
      [...filesBelow(String(env['BLEMISH_CACHE'])), ...filesBelow(at)].filter((path) => path.endsWith(suffix)).sort();

    await interrupted('teacher', (command, folder, env) => killDuring(command, { folder, phase: 'teacher', when: 'saved', env }));
    await interrupted('student', (command, folder, env) => killDuring(command, { folder, phase: 'student', when: 'saved', env }));
    await interrupted('a feature-cache write', async (command, at, env) => {
      const where = await killInWrite(command, env, '\\.f32.*\\.tmp$', 5);
      const left = kept(at, env, '.tmp');
      if (left.length !== 1) throw new Error(`expected one half-written file, found ${left.length}`);
      return `${where}, half a file left behind`;
    });
    if (!cache) continue; // what follows does not depend on it
    await interrupted('features', (command, folder, env) => killDuring(command, { folder, phase: 'features', when: 'begun', env }));
    await interrupted('a checkpoint write', (command, _, env) => killInWrite(command, env, 'checkpoint\\.safetensors.*\\.tmp$', 2));
    await interrupted('student, just begun', (command, folder, env) => killDuring(command, { folder, phase: 'student', when: 'begun', env }));
    await interrupted('teacher, kept features damaged', async (command, at, env) => {
      const where = await killDuring(command, { folder: at, phase: 'teacher', when: 'saved', env });
      const [torn, emptied] = kept(at, env, '.f32');
      if (torn === undefined || emptied === undefined) throw new Error('expected files of features, found less than two');
      truncateSync(torn, 1000);
      truncateSync(emptied, 0);
      return `${where}, one file torn and one emptied`;
    });
  }
}, Boolean(values['keep']));
process.exitCode = list.finish();

/**
 * @param {string[]} command
 * @param {Record<string, string>} env
 * @param {string} pattern
 * @param {number} count
 */
async function killInWrite(command, env, pattern, count) {
  const { signal, code } = await runBlemish(command, {
    env: { ...env, NODE_OPTIONS: `${hook('fast-clock.mjs')} ${hook('kill-in-write.mjs')}`, BLEMISH_KILL_WRITE: pattern, BLEMISH_KILL_COUNT: String(count) },
  });
  if (signal !== 'SIGKILL') throw new Error(`expected to be killed in write ${count} of ${pattern}, ended with ${code}`);
  return `in write ${count} of its kind`;
}

/** @param {string} folder @returns {string[]} files at any depth, links not followed */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}
