import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mulberry32 } from '@blemish-tools/jest';
import ndarray from 'ndarray';
import { resizeBilinear } from '@blemish/raster';
import { encodePng } from './encode-png.js';
import { createImageLoader, type LoadedImage } from './image-loader.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const pictures = Array.from({ length: 12 }, (_, index) => {
  const draw = mulberry32(index);
  const shape: [number, number, number] = [10 + index, 20 - index, 3];
  return ndarray(Uint8Array.from({ length: shape[0] * shape[1] * 3 }, () => 256 * draw()), shape);
});
const paths = pictures.map((_, index) => join(folder, `${index}.png`));
const broken = join(folder, 'broken.png');

beforeAll(async () => {
  for (const [index, picture] of pictures.entries()) writeFileSync(paths[index] as string, await encodePng(picture));
  writeFileSync(broken, 'no picture');
});

async function collect(images: AsyncIterable<LoadedImage>): Promise<LoadedImage[]> {
  const all: LoadedImage[] = [];
  for await (const image of images) all.push(image);
  return all;
}

describe('image loader', () => {
  it('gives every image resized, in order, with the size it had', async () => {
    const loader = createImageLoader({ size: [8, 9] });
    const images = await collect(loader.stream(paths, { ahead: 3 }));
    expect(images.map(({ path }) => path)).toEqual(paths);
    images.forEach(({ image, originalSize }, i) => {
      const picture = pictures[i] as (typeof pictures)[number];
      expect(originalSize).toEqual(picture.shape.slice(0, 2));
      expect([...image.data]).toEqual([...resizeBilinear(picture, [8, 9]).data]);
      expect(image.get(7, 8, 2)).toBe(image.data[8 * 9 * 3 - 1]);
    });
    await loader.close();
  });

  it('gives batches of numbers in [0,1], the last one shorter, at the size asked for', async () => {
    const loader = createImageLoader({ size: [8, 9] });
    let seen = 0;
    for await (const { images, shape, paths: names, originalSizes } of loader.batches(paths, { batch: 5 })) {
      expect(names).toEqual(paths.slice(seen, seen + 5));
      expect([shape, images.length]).toEqual([[names.length, 8, 9, 3], names.length * 8 * 9 * 3]);
      expect(originalSizes).toEqual(pictures.slice(seen, seen + 5).map((picture) => picture.shape.slice(0, 2)));
      names.forEach((_, n) => {
        const levels = resizeBilinear(pictures[seen + n] as (typeof pictures)[number], [8, 9]).data;
        expect([...images.subarray(n * 216, (n + 1) * 216)]).toEqual([...levels].map((level) => Math.fround(level / 255)));
      });
      seen += names.length;
    }
    expect(seen).toBe(paths.length);
  });

  it('begins no batch but the next, uses two memories in turn, and none for no files', async () => {
    let asked = 0;
    function* counted(): Generator<string> {
      for (const path of paths) {
        asked++;
        yield path;
      }
    }
    const loader = createImageLoader({ size: [4, 4] });
    const memories: ArrayBufferLike[] = [];
    for await (const { images } of loader.batches(counted(), { batch: 3 })) {
      memories.push(images.buffer);
      expect(asked).toBeLessThanOrEqual(3 * memories.length + 3);
    }
    expect(memories).toHaveLength(4);
    expect([memories[2] === memories[0], memories[3] === memories[1], memories[1] === memories[0]]).toEqual([true, true, false]);
    for await (const batch of loader.batches([])) throw new Error(`got ${batch.shape.join()}`);
  });

  it('keeps the memories for the next batches of as many numbers, never for two at a time', async () => {
    const loader = createImageLoader({ size: [4, 4] });
    const first = async (files: string[], batch: number): Promise<[ArrayBufferLike, () => Promise<unknown>]> => {
      const batches = loader.batches(files, { batch });
      const { value } = await batches.next();
      return [(value as { images: Float32Array }).images.buffer, () => batches.return()];
    };
    const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 50));
    const [one, endOne] = await first(paths, 3);
    const [two, endTwo] = await first(paths, 3);
    expect(two).not.toBe(one);
    await endTwo();
    await settled();
    const [three, endThree] = await first(paths, 3);
    expect(three).toBe(two);
    await endThree();
    await settled();
    const [four, endFour] = await first(paths, 2);
    expect(four.byteLength).toBe((three.byteLength / 3) * 2);
    await Promise.all([endOne(), endFour()]);
    await loader.close();
  });

  it('ends batches with the error of the first broken file, with an abort, and says what it needs', async () => {
    const loader = createImageLoader({ size: [4, 4] });
    const run = async (files: string[], signal?: AbortSignal, stop?: () => void): Promise<number> => {
      let count = 0;
      for await (const { shape } of loader.batches(files, { batch: 2, ...(signal && { signal }) })) {
        count += shape[0];
        stop?.();
      }
      return count;
    };
    await expect(run([paths[0] as string, broken, join(folder, 'gone.png')])).rejects.toThrow(`${broken}: not an image (starts with "no picture")`);
    const control = new AbortController();
    await expect(run(paths, control.signal, () => control.abort(new Error('enough')))).rejects.toThrow('enough');
    await expect(run(paths, control.signal)).rejects.toThrow('enough');
    expect(await run(paths.slice(0, 3))).toBe(3);
    expect(() => createImageLoader().batches(paths)).toThrow('image loader: expected a size, which all images of a batch have');
    await expect(loader.batches(paths, { batch: 0 }).next()).rejects.toThrow('expected a batch of 1 image or more, got 0');
  });

  it('reads no further ahead than it was told', async () => {
    let asked = 0;
    function* counted(): Generator<string> {
      for (const path of paths) {
        asked++;
        yield path;
      }
    }
    const loader = createImageLoader();
    let seen = 0;
    for await (const { image } of loader.stream(counted(), { ahead: 2 })) {
      expect(image.shape).toEqual(pictures[seen]?.shape);
      seen++;
      expect(asked).toBeLessThanOrEqual(seen + 2);
    }
    expect(seen).toBe(paths.length);
  });

  it('names the broken file when its turn comes, after the good ones before it', async () => {
    const loader = createImageLoader();
    const seen: string[] = [];
    const run = async (): Promise<void> => {
      for await (const { path } of loader.stream([paths[0] as string, paths[1] as string, broken, paths[2] as string])) seen.push(path);
    };
    await expect(run()).rejects.toThrow(`${broken}: not an image`);
    expect(seen).toEqual(paths.slice(0, 2));
    await expect(loader.load(broken)).rejects.toThrow(`${broken}: not an image`);
  });

  it('stops with the reason of the signal, before and while it runs', async () => {
    const loader = createImageLoader();
    const early = AbortSignal.abort(new Error('enough'));
    await expect(collect(loader.stream(paths, { signal: early }))).rejects.toThrow('enough');
    const control = new AbortController();
    let seen = 0;
    const run = async (): Promise<void> => {
      for await (const image of loader.stream(paths, { signal: control.signal })) {
        if (image && ++seen === 3) control.abort(new Error('enough'));
      }
    };
    await expect(run()).rejects.toThrow('enough');
    expect(seen).toBe(3);
  });
});

// Threads run the built entry: sources have none.
const built = resolve(__dirname, '../dist/index.js');
(existsSync(built) ? describe : describe.skip)('image loader as built (skipped where dist/ is not built)', () => {
  function runBuilt(body: string): { status: number | null; out: string; error: string } {
    const script = `import { createImageLoader } from ${JSON.stringify(pathToFileURL(built).href)};\nconst paths = ${JSON.stringify(paths)}, broken = ${JSON.stringify(broken)};\n${body}`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', timeout: 60000 });
    return { status, out: stdout.trim(), error: stderr };
  }

  it('decodes on threads what the calling thread decodes, in order', () => {
    const { out, error } = runBuilt(`
      const sums = [];
      for (const workers of [0, 1, 3]) for (const size of [undefined, [8, 9]]) {
        const loader = createImageLoader({ workers, ...(size && { size }) });
        let sum = '';
        for await (const { path, image, originalSize } of loader.stream(paths)) sum += [path, image.shape, originalSize, image.data.join()].join();
        sums.push([String(size), sum]);
        await loader.close();
      }
      console.log(new Set(sums.map(String)).size, sums[0][1].length > 0);`);
    expect([out, error]).toEqual(['2 true', '']);
  });

  it('fills batches on threads with what the calling thread fills in, and ends when left half way', () => {
    const { status, out, error } = runBuilt(`
      const sums = new Set();
      for (const workers of [0, 1, 3]) {
        const loader = createImageLoader({ workers, size: [8, 9] });
        let sum = '';
        for await (const { images, paths: names, originalSizes } of loader.batches(paths, { batch: 5 })) sum += [names, originalSizes, images.join()].join();
        sums.add(sum);
        for await (const batch of loader.batches(paths, { batch: 2 })) break;
        await loader.batches([paths[0], broken], { batch: 2 }).next().catch((e) => console.log(e.message.startsWith(broken + ': not an image')));
      }
      console.log(sums.size, [...sums][0].length > 5000);`);
    expect([status, out.split('\n'), error]).toEqual([0, ['true', 'true', 'true', '1 true'], '']);
  });

  it('ends by itself without close, after an error, and when left half way', () => {
    const { status, out, error } = runBuilt(`
      const loader = createImageLoader({ workers: 2 });
      await loader.load(broken).catch((e) => console.log(e.message === broken + ': not an image (starts with "no picture"); JPEG, PNG, TIFF, WebP and BMP are read'));
      for await (const image of loader.stream(paths)) break;
      try { for await (const image of loader.stream([paths[0], broken, paths[1]])); } catch (e) { console.log(e.message.startsWith(broken)); }
      const control = new AbortController();
      try { for await (const image of loader.stream(paths, { signal: control.signal })) control.abort(new Error('enough')); } catch (e) { console.log(e.message); }
      console.log((await loader.load(paths[3])).image.shape.join());`);
    expect([status, out.split('\n'), error]).toEqual([0, ['true', 'true', 'enough', '13,17,3'], '']);
  });

  it('fails what is still waiting when it is closed', () => {
    const { out } = runBuilt(`
      const loader = createImageLoader({ workers: 1 });
      const all = Promise.allSettled(paths.map((path) => loader.load(path)));
      await loader.close();
      console.log((await all).filter((r) => r.status === 'rejected').length > 8);
      await loader.load(paths[0]).catch((e) => console.log(e.message.endsWith('the image loader is closed')));`);
    expect(out).toBe('true\ntrue');
  });

  it('comes to an end when it is closed while threads are at work', () => {
    // An answer that arrives while a thread is ended must not let the process end first: that was exit code 13.
    for (let time = 0; time < 5; time++) {
      const { status, out } = runBuilt(`
        const loader = createImageLoader({ workers: 2 });
        const all = Promise.allSettled(paths.map((path) => loader.load(path)));
        await Promise.race([all, new Promise((done) => setTimeout(done, ${100 + 10 * time}))]);
        await loader.close();
        console.log('closed');`);
      expect([status, out]).toEqual([0, 'closed']);
    }
  });
});
