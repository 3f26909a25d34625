// @ts-check
// One image through `predict` with the model file alone: no weight file, no cache, no network.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { basename, join, resolve } from 'node:path';
import { mustRun } from './lib/blemish.mjs';
import { privateCache } from './lib/cache-folder.mjs';
import { createChecklist } from './lib/checklist.mjs';
import { drawDataset, drawPart, writeInto } from './lib/draw-parts.mjs';
import { toolOptions } from './lib/options.mjs';
import { withTempFolder } from './lib/temp-folder.mjs';

const { values } = toolOptions({
  usage: `node tools/acceptance/run.mjs alone [--model FILE --image FILE]
--model, --image: a trained model and an image; without them preset smoke is trained on drawn parts`,
  options: { model: { type: 'string' }, image: { type: 'string' } },
});
const list = createChecklist();

await withTempFolder(async (folder) => {
  const model = values['model'] ? resolve(String(values['model'])) : await trainSmall(folder);
  const image = values['image'] ? resolve(String(values['image'])) : drawn(folder);
  const alone = join(folder, 'alone');
  mkdirSync(alone);
  const names = { model: basename(model), image: basename(image) };
  copyFileSync(model, join(alone, names.model));
  copyFileSync(image, join(alone, names.image));

  const offline = spawnSync('unshare', ['--map-root-user', '--net', 'true']).status === 0;
  const wrapper = offline ? ['unshare', '--map-root-user', '--net'] : [];
  const home = join(folder, 'home');
  mkdirSync(home);
  const args = ['predict', names.model, names.image, '--out', 'predictions'];
  /** @param {string} what @param {Record<string, string>} env */
  const predict = async (what, env) => {
    const { stdout } = await mustRun([...args, '--json', '--force', '--quiet'], { cwd: alone, wrapper, env: { HOME: home, ...env } });
    const written = readdirSync(join(alone, 'predictions'), { recursive: true }).map(String).sort();
    const score = firstScore(JSON.parse(stdout));
    list.check(Number.isFinite(score), `${what}${offline ? ', without a network' : ''}`, `score ${score}; wrote ${written.join(', ')}`);
    return score;
  };
  if (!offline) list.skip('without a network', 'cutting it off takes unshare and the right to use it');
  const bare = await predict('an empty cache folder, no native engine', { BLEMISH_CACHE: join(folder, 'nothing') });
  const native = await predict('a cache folder with the native engine alone', await privateCache(join(folder, 'engine')));
  list.check(Math.abs(bare - native) <= 1e-3 * Math.abs(native), 'the two engines agree', `${bare} and ${native}`);
});
process.exitCode = list.finish();

/**
 * The first number called `score` in a document.
 *
 * @param {unknown} value
 * @returns {number}
 */
function firstScore(value) {
  if (typeof value !== 'object' || value === null) return NaN;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'score' && typeof inner === 'number') return inner;
    const found = firstScore(inner);
    if (!Number.isNaN(found)) return found;
  }
  return NaN;
}

/** @param {string} folder */
function drawn(folder) {
  writeInto(join(folder, 'part.png'), drawPart(128, 5, true).image);
  return join(folder, 'part.png');
}

/** @param {string} folder */
async function trainSmall(folder) {
  drawDataset(join(folder, 'drawn/parts'), { train: 8, test: 2 });
  const out = join(folder, 'results');
  const args = ['train', '--preset', 'smoke', '--data', join(folder, 'drawn'), '--category', 'parts', '--out', out, '--run', 'small', '--no-maps'];
  await mustRun([...args, '--quiet']);
  return join(out, 'ast/drawn/parts/small/model.safetensors');
}
