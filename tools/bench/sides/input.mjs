// @ts-check
// Image files to batches of float32 on threads.
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawPart } from '@blemish/datasets';
import { createImageLoader, encodePng } from '@blemish/images';
import { writeSafetensors } from '@blemish/weights';
import { serve, settings } from '../lib/worker.mjs';

/** @type {{kind: 'jpeg' | 'png', from: number, size: number, images: number, batch: number, workers: number}} */
const { kind, from, size, images: count, batch, workers } = settings();
/** Parts that are drawn; each stands in several files. */
const drawn = 16;
const loader = createImageLoader({ size: [size, size], workers });
/** @type {string[]} */
let paths = [];

/** @param {string} folder */
async function writeFiles(folder) {
  mkdirSync(folder);
  for (let index = 0; index < drawn; index++) {
    const { image } = drawPart({ seed: 0, index, size: from });
    const bytes =
      kind === 'png' ? await encodePng(image) : await sharp(image.data, { raw: { width: from, height: from, channels: 3 } }).jpeg({ quality: 90 }).toBuffer();
    for (let copy = index; copy < count; copy += drawn) writeFileSync(join(folder, `${String(copy).padStart(3, '0')}.${kind}`), bytes);
  }
}

await serve({
  async prepare(folder) {
    const files = join(folder, 'images');
    if (!existsSync(files)) {
      await writeFiles(`${files}.part`);
      renameSync(`${files}.part`, files);
    }
    paths = readdirSync(files).sort().map((name) => join(files, name));
    return { versions: { sharp: sharp.versions.sharp ?? '', libvips: sharp.versions.vips } };
  },
  async run() {
    let seen = 0;
    for await (const { shape } of loader.batches(paths, { batch })) seen += shape[0];
    if (seen !== count) throw new Error(`input: ${seen} of ${count} images came`);
  },
  async outputs(file) {
    const data = new Float32Array(drawn * size * size * 3);
    let at = 0;
    for await (const { images } of loader.batches(paths.slice(0, drawn), { batch })) {
      data.set(images, at);
      at += images.length;
    }
    writeFileSync(file, writeSafetensors([['images', { dtype: 'F32', shape: [drawn, size, size, 3], data }]]));
  },
});
