// @ts-check
// Peak memory of `predict` over 50 and over 500 images: it must not grow.
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mustRun } from './lib/blemish.mjs';
import { createChecklist } from './lib/checklist.mjs';
import { drawDataset, drawPart, writeInto } from './lib/draw-parts.mjs';
import { root, toolOptions } from './lib/options.mjs';
import { withTempFolder } from './lib/temp-folder.mjs';

const { values } = toolOptions({
  usage: `node tools/acceptance/run.mjs memory [--backend NAME] [--model FILE] [--counts 50,500]
--model: a trained model; without it one of preset smoke is trained on drawn parts`,
  options: { backend: { type: 'string' }, model: { type: 'string' }, counts: { type: 'string', default: '50,500' } },
});

/** Growth that is noise: a share of the smaller peak. What is kept an image would show as far more. */
const noise = 0.1;

await withTempFolder(async (folder) => {
  const backend = values['backend'] ? ['--backend', String(values['backend'])] : [];
  const model = values['model'] ? resolve(String(values['model'])) : await trainSmall(folder, backend);
  const size = 384;
  writeInto(join(folder, 'part.png'), drawPart(size, 1, true).image);
  const hook = pathToFileURL(resolve(root, 'tools/acceptance/lib/report-peak.mjs')).href;
  const peaks = [];
  for (const count of String(values['counts']).split(',').map(Number)) {
    const images = join(folder, `images-${count}`);
    mkdirSync(images);
    for (let i = 0; i < count; i++) copyFileSync(join(folder, 'part.png'), join(images, `part-${i}.png`));
    const peak = join(folder, `peak-${count}`);
    const env = { NODE_OPTIONS: `--import=${hook}`, BLEMISH_PEAK_FILE: peak };
    await mustRun(['predict', model, images, '--out', join(folder, `out-${count}`), '--quiet', ...backend], { env });
    peaks.push({ count, bytes: Number(readFileSync(peak, 'utf8')) });
    console.log(`predict, ${count} images of ${size}x${size}: peak ${(Number(peaks.at(-1)?.bytes) / 2 ** 20).toFixed(0)} MiB (maxRSS of the process, its threads included)`);
  }
  const [few, many] = [peaks[0], peaks.at(-1)];
  const growth = Number(many?.bytes) / Number(few?.bytes) - 1;
  const list = createChecklist();
  list.check(growth < noise, `peak grows by less than ${noise * 100} % from ${few?.count} to ${many?.count} images`, `${(growth * 100).toFixed(1)} %`);
  process.exitCode = list.finish();
});

/**
 * @param {string} folder
 * @param {string[]} backend
 */
async function trainSmall(folder, backend) {
  drawDataset(join(folder, 'drawn/parts'), { train: 8, test: 1 });
  const config = join(folder, 'config.yaml');
  writeInto(config, 'teacher: {epochs: 1}\nstudent: {epochs: 1}\n');
  const out = join(folder, 'results');
  await mustRun([
    ...['train', '--preset', 'smoke', '--config', config, '--data', join(folder, 'drawn'), '--category', 'parts'],
    ...['--out', out, '--run', 'small', '--no-maps', '--quiet', ...backend],
  ]);
  return join(out, 'ast/drawn/parts/small/model.safetensors');
}
