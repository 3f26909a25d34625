// @ts-check
// Bad input: each its exit code, its one line that names what is wrong, and no file left half-written.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { maliciousCheckpoints, otherNetwork, truncatedCheckpoints } from './lib/bad-checkpoints.mjs';
import { mustRun, runBlemish } from './lib/blemish.mjs';
import { privateCache } from './lib/cache-folder.mjs';
import { checkFault } from './lib/check-fault.mjs';
import { createChecklist } from './lib/checklist.mjs';
import { drawDataset, drawPart, writeInto } from './lib/draw-parts.mjs';
import { canMount, smallDisk } from './lib/full-disk.mjs';
import { toolOptions } from './lib/options.mjs';
import { encodePng } from './lib/png.mjs';
import { withTempFolder } from './lib/temp-folder.mjs';

const { values } = toolOptions({
  usage: 'node tools/acceptance/run.mjs faults [--backend NAME] [--only TEXT] [--keep]',
  options: { backend: { type: 'string' }, only: { type: 'string' }, keep: { type: 'boolean' } },
});
const list = createChecklist();

await withTempFolder(async (folder) => {
  const env = { ...(await privateCache(join(folder, 'cache'))), ...(values['backend'] ? { BLEMISH_BACKEND: String(values['backend']) } : {}) };
  drawDataset(join(folder, 'sound/parts'), { train: 6, test: 2 });
  const tiny = join(folder, 'tiny.yaml');
  writeFileSync(tiny, 'teacher: {epochs: 1}\nstudent: {epochs: 1}\n');
  const image = drawPart(128, 1).image;
  const jpeg = await sharp(image).jpeg().toBuffer();
  const level = new Uint8Array(128 * 128 * 3).fill(99);
  /** Files that are no images, by name. @type {Record<string, Uint8Array | string>} */
  const broken = {
    'truncated.jpg': jpeg.subarray(0, jpeg.length >> 1),
    'lying.png': encodePng({ width: 128, height: 128, channels: 3 }, level, { height: 5000 }),
    'huge.png': encodePng({ width: 128, height: 128, channels: 3 }, level, { width: 1e6, height: 1e6 }),
    'text.png': 'this is no image\n',
    'empty.png': '',
  };

  const sound = join(folder, 'results');
  const train = (/** @type {string} */ data, /** @type {string} */ out, /** @type {string[]} */ ...more) => [
    ...['train', '--preset', 'smoke', '--config', tiny, '--data', data, '--category', 'parts', '--out', out, '--run', 'run', ...more],
  ];
  await mustRun(train(join(folder, 'sound'), sound), { env });
  const model = join(sound, 'ast/sound/parts/run/model.safetensors');

  let count = 0;
  /**
   * @param {string} name
   * @param {(own: string, out: string) => Omit<import('./lib/check-fault.mjs').Fault, 'name' | 'out'>} make given a folder of its own
   */
  async function fault(name, make) {
    if (values['only'] && !name.includes(String(values['only']))) return;
    const own = join(folder, `case-${count++}`);
    mkdirSync(own);
    const out = join(own, 'out');
    await checkFault(list, { name, out, ...make(own, out) }, env);
  }
  /** A copy of the sound data set, changed. @param {string} own @param {(parts: string) => void} change */
  const changed = (own, change) => {
    cpSync(join(folder, 'sound'), join(own, 'data'), { recursive: true });
    change(join(own, 'data/parts'));
    return join(own, 'data');
  };

  await fault('train: no images', (own, out) => ({
    args: train(changed(own, (parts) => (rmSync(join(parts, 'train/good'), { recursive: true }), mkdirSync(join(parts, 'train/good')))), out),
    code: 'either',
    says: [join('train', 'good')],
  }));
  await fault('predict: no images', (own, out) => {
    mkdirSync(join(own, 'nothing'));
    return { args: ['predict', model, join(own, 'nothing'), '--out', out], code: 'either', says: ['nothing'] };
  });
  for (const [name, bytes] of Object.entries(broken)) {
    for (const where of ['train/good', 'test/good', 'test/scratch']) {
      await fault(`train: ${name} in ${where}`, (own, out) => ({
        args: train(changed(own, (parts) => writeInto(join(parts, where, name), bytes)), out),
        code: 1,
        says: [name],
      }));
    }
    await fault(`predict: ${name}`, (own, out) => {
      writeInto(join(own, name), bytes);
      return { args: ['predict', model, join(own, name), '--out', out], code: 1, says: [name] };
    });
  }
  await fault('train: a mask of another size', (own, out) => ({
    args: train(changed(own, (parts) => writeInto(join(parts, 'ground_truth/scratch/001_mask.png'), drawPart(96, 1, true).mask)), out),
    code: 1,
    says: ['001_mask.png', '96', '128'],
  }));
  await fault('train: a mask without its image', (own, out) => ({
    args: train(changed(own, (parts) => writeInto(join(parts, 'ground_truth/scratch/777_mask.png'), drawPart(128, 1, true).mask)), out),
    code: 1,
    says: ['777_mask.png'],
  }));
  for (const [what, file, says] of /** @type {const} */ ([
    ['a mask without its image', '777.png', ['777.png']],
    ['a mask of another size', '001_mask.png', ['001_mask.png', '96', '128']],
  ])) {
    await fault(`train: plain folders, ${what}`, (own, out) => {
      const parts = join(changed(own, (path) => writeInto(join(path, 'ground_truth/scratch', file), drawPart(96, 1, true).mask)), 'parts');
      const folders = ['--good', join(parts, 'train/good'), '--defective', join(parts, 'test/scratch'), '--masks', join(parts, 'ground_truth/scratch')];
      return { args: ['train', '--preset', 'smoke', '--config', tiny, ...folders, '--out', out], code: 1, says: [...says] };
    });
  }
  await fault('train: no images named', (_, out) => ({ args: ['train', '--out', out], code: 2, says: ['--data', '--good'] }));
  await fault('train: a category that is not there', (_, out) => ({
    args: [...train(join(folder, 'sound'), out), '--category', 'nowhere'],
    code: 'either',
    says: ['nowhere'],
  }));
  await fault('train: a data folder that is not there', (own, out) => ({ args: train(join(own, 'absent'), out), code: 'either', says: ['absent'] }));

  const pretrained = join(folder, 'pretrained.yaml');
  writeFileSync(pretrained, 'backbone: {name: efficientnet-b0, tap: 4, padding: same, weights: pretrained}\n');
  const witness = join(folder, 'witness');
  const [truncated, malicious] = [truncatedCheckpoints(), maliciousCheckpoints(witness)];
  for (const [name, bytes] of Object.entries({
    'other-network.safetensors': otherNetwork(),
    'truncated-zip.pth': truncated.zip,
    'truncated-legacy.pth': truncated.legacy,
    'malicious-zip.pth': malicious.zip,
    'malicious-legacy.pth': malicious.legacy,
    'text.pth': 'this is no checkpoint\n',
  })) {
    await fault(`train: weights ${name}`, (own, out) => {
      writeInto(join(own, name), bytes);
      const args = [...train(join(folder, 'sound'), out), '--config', pretrained, '--weights', join(own, name)];
      return { args, code: 1, says: [name, ...(name.startsWith('malicious') ? [/posix|system/] : [])], absent: witness };
    });
  }
  await fault('train: weights that are not there', (own, out) => ({
    args: [...train(join(folder, 'sound'), out), '--config', pretrained, '--weights', join(own, 'absent.pth')],
    code: 'either',
    says: ['absent.pth'],
  }));

  const bytes = readFileSync(model);
  const badHeader = Buffer.from(bytes);
  badHeader.fill(0x7b, 8, 40);
  /** @type {Record<string, Uint8Array | string>} */
  const models = {
    'cut.safetensors': bytes.subarray(0, bytes.length >> 1),
    'cut-header.safetensors': bytes.subarray(0, 100),
    'bad-header.safetensors': badHeader,
    'long.safetensors': Buffer.concat([bytes, Buffer.alloc(100)]),
    'no-model.safetensors': otherNetwork(),
    'text.safetensors': 'this is no model\n',
    'empty.safetensors': '',
  };
  for (const [name, data] of Object.entries(models)) {
    await fault(`predict: corrupted model ${name}`, (own, out) => {
      writeInto(join(own, name), data);
      writeInto(join(own, 'part.png'), image);
      return { args: ['predict', join(own, name), join(own, 'part.png'), '--out', out], code: 1, says: [name] };
    });
  }

  await fault('train: --seed x', (_, out) => ({ args: train(join(folder, 'sound'), out, '--seed', 'x'), code: 2, says: ['--seed', "'x'"] }));
  await fault('train: --preset x', (_, out) => ({ args: train(join(folder, 'sound'), out, '--preset', 'x'), code: 2, says: ['--preset', 'x'] }));
  await fault('train: an unknown setting', (own, out) => {
    writeInto(join(own, 'typo.yaml'), 'teacher: {epoch: 3}\n');
    return { args: [...train(join(folder, 'sound'), out), '--config', join(own, 'typo.yaml')], code: 'either', says: ['epoch'] };
  });
  await fault('train: a config that is no YAML', (own, out) => {
    writeInto(join(own, 'broken.yaml'), 'teacher: {epochs: 3\nx: [\n');
    return { args: [...train(join(folder, 'sound'), out), '--config', join(own, 'broken.yaml')], code: 'either', says: ['broken.yaml'] };
  });
  await fault('train: --resume without a run', (_, out) => ({ args: train(join(folder, 'sound'), out, '--resume'), code: 'either', says: ['run'] }));
  await fault('train: a finished run is in the way', () => ({ args: train(join(folder, 'sound'), sound), code: 'either', says: ['--force'] }));

  const disk = join(folder, 'disk');
  mkdirSync(disk);
  if (canMount(disk)) {
    // Too small for a run's first file, its first checkpoint, the next ones, and the model beside the last.
    const modelSize = Math.round(bytes.length / 1024);
    for (const kilobytes of [4, 16, ...[1.1, 2.2, 3].map((share) => Math.round(share * modelSize))]) {
      await fault(`train: a disk of ${kilobytes} kB`, (_, out) => {
        mkdirSync(out);
        return { args: train(join(folder, 'sound'), disk), code: 1, says: [disk, /space|full/], wrapper: smallDisk(disk, out, kilobytes) };
      });
    }
    await fault('predict: a full disk', (_, out) => {
      mkdirSync(out);
      const args = ['predict', model, join(folder, 'sound/parts/test/scratch'), '--out', disk];
      return { args, code: 1, says: [disk, /space|full/], wrapper: smallDisk(disk, out, 16) };
    });
  } else list.skip('a full disk', 'mounting a small disk takes unshare and the right to use it');

  const few = join(folder, 'few/parts');
  drawDataset(few, { train: 3, test: 1 });
  const { code, stderr } = await runBlemish(train(join(folder, 'few'), join(folder, 'results')), { env });
  list.check(code === 0 && /fewer than a batch/.test(stderr), 'train: fewer images than a batch trains, and says so', stderr.split('\n').find((line) => line.includes('fewer')) ?? stderr.trim());
}, Boolean(values['keep']));
process.exitCode = list.finish();
