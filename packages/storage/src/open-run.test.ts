import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openRun, type OpenRunOptions } from './open-run.js';
import { readRun } from './read-run.js';
import { createChildren, killAfterOutput } from './testing/spawn-child.js';
import { removeTemporaryFolders, temporaryFolder } from './testing/temporary-folder.js';

afterAll(removeTemporaryFolders);

const config = { preset: 'quick', seed: 0, flow: { blocks: 4, hidden: 64 } };

function place(more: Partial<OpenRunOptions> = {}): OpenRunOptions {
  const root = temporaryFolder();
  return { root, model: 'ast', dataset: 'mvtec_ad', category: 'metal nut', run: 'quick-0', config, mode: 'new', ...more };
}

async function finishedRun(options: OpenRunOptions): Promise<string> {
  const run = await openRun(options);
  await run.write('model.safetensors', Uint8Array.of(1));
  await run.finish();
  await run.close();
  return run.path;
}

describe('openRun', () => {
  it('begins a run in root/model/dataset/category/run, keeps its files, and finishes it', async () => {
    const options = place();
    const run = await openRun(options);
    expect(run.path).toBe(join(options.root, 'ast', 'mvtec_ad', 'metal nut', 'quick-0'));
    expect(await readRun(run.path)).toEqual({ path: run.path, config, finished: false, modelPath: undefined });
    await run.writeCheckpoint(Uint8Array.of(1));
    await run.writeCheckpoint(Uint8Array.of(2));
    expect(await run.readCheckpoint()).toEqual(Uint8Array.of(2));
    await run.writeJson('metrics.json', { image_AUROC: 1 });
    await run.write('maps/bottle/test/crack/000.tiff', Uint8Array.of(3));
    await run.write('model.safetensors', Uint8Array.of(4));
    await run.finish();
    await run.close();
    expect(await readRun(run.path)).toEqual({ path: run.path, config, finished: true, modelPath: run.file('model.safetensors') });
    expect(readdirSync(run.path).sort()).toEqual(['config.json', 'maps', 'metrics.json', 'model.safetensors']);
    expect(readFileSync(run.file('metrics.json'), 'utf8')).toBe('{\n  "image_AUROC": 1\n}\n');
    expect(readdirSync(dirname(run.path))).toEqual(['quick-0']);
  });

  it('does not touch a finished run, but overwrites it when forced', async () => {
    const options = place();
    const path = await finishedRun(options);
    await expect(openRun(options)).rejects.toThrow(`${path}: a finished run is there: take another --run, or --force to overwrite it`);
    await expect(openRun({ ...options, mode: 'resume' })).rejects.toThrow(`${path}: this run is finished, there is nothing to resume`);
    expect(readdirSync(path).sort()).toEqual(['config.json', 'model.safetensors']);
    const again = await openRun({ ...options, mode: 'force', config: { seed: 1 } });
    expect(readdirSync(path).sort()).toEqual(['config.json', 'unfinished.json']);
    expect((await readRun(path))?.config).toEqual({ seed: 1 });
    await again.close();
    expect(readdirSync(dirname(path))).toEqual(['quick-0']);
  });

  it('resumes an unfinished run, and only with the configuration it began with', async () => {
    const options = place();
    const run = await openRun(options);
    await run.writeCheckpoint(Uint8Array.of(7));
    await run.close();
    await expect(openRun(options)).rejects.toThrow(`${run.path}: an unfinished run is there: --resume continues it, --force starts it over`);
    const other = { seed: 0, preset: 'quick', flow: { blocks: 8, hidden: 64, clamp: 1.9 } };
    await expect(openRun({ ...options, mode: 'resume', config: other })).rejects.toThrow(
      `${run.path}: expected the configuration the run began with, but flow.blocks is 4 there, 8 here; flow.clamp is absent there, 1.9 here`,
    );
    const same = { flow: { hidden: 64, blocks: 4 }, seed: 0, preset: 'quick', absent: undefined };
    const resumed = await openRun({ ...options, mode: 'resume', config: same });
    expect(resumed.resumed).toBe(true);
    expect(await resumed.readCheckpoint()).toEqual(Uint8Array.of(7));
    await resumed.close();
  });

  it('replaces a run that stopped before its first checkpoint, whatever its configuration', async () => {
    const options = place();
    const run = await openRun(options);
    await run.write('scratch/features', Uint8Array.of(1));
    await run.close();
    const again = await openRun({ ...options, config: { seed: 1 } });
    expect([again.resumed, readdirSync(run.path).sort()]).toEqual([false, ['config.json', 'unfinished.json']]);
    expect((await readRun(run.path))?.config).toEqual({ seed: 1 });
    await again.close();
  });

  it('has nothing to resume where no run began', async () => {
    const options = place({ mode: 'resume' });
    await expect(openRun(options)).rejects.toThrow(/quick-0: expected a run to resume, there is none$/);
  });

  it('lets one process work on a run at a time', async () => {
    const options = place();
    const run = await openRun(options);
    await expect(openRun({ ...options, mode: 'force' })).rejects.toThrow(
      new RegExp(`^${run.path}: process ${process.pid} on \\S+ works on this run since \\S+$`),
    );
    const beside = await openRun({ ...options, run: 'quick-1' });
    await beside.close();
    await run.close();
    await (await openRun({ ...options, mode: 'resume' })).close();
  });

  it('leaves a folder alone that holds something else', async () => {
    const options = place({ mode: 'force' });
    const path = join(options.root, 'ast', 'mvtec_ad', 'metal nut', 'quick-0');
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'thesis.tex'), 'years of work');
    await expect(openRun(options)).rejects.toThrow(`${path}: expected no folder, an empty one or a run, got other files`);
    expect(readdirSync(path)).toEqual(['thesis.tex']);
  });

  it.each([
    ['..', 'it begins with a dot'],
    ['../../etc', 'it begins with a dot'],
    ['a/b', 'it holds /'],
    ['a\\b', 'it holds \\'],
    ['', 'it is empty'],
    ['a\nb', 'it holds a control character'],
    ['nul', 'Windows keeps that name for itself'],
    ['ends.', 'it begins or ends with a space, or ends with a dot'],
    ['x'.repeat(200), 'it is longer than 120 bytes'],
  ])('refuses the run name %j', async (run, fault) => {
    const options = place({ run });
    await expect(openRun(options)).rejects.toThrow(/^expected run to be the name of a folder, got [^\n]+$/);
    await expect(openRun(options)).rejects.toThrow(fault);
    await expect(openRun({ ...options, run: 'ok', category: run })).rejects.toThrow(/^expected category/);
    expect(readdirSync(options.root)).toEqual([]);
  });

  it('refuses file names that leave the run', async () => {
    const run = await openRun(place());
    expect(() => run.file('../x')).toThrow(/expected a file of the run/);
    expect(() => run.file('maps//x')).toThrow(/it is empty/);
    await run.close();
  });

  it('names a config.json that is damaged', async () => {
    const options = place();
    const path = await finishedRun(options);
    writeFileSync(join(path, 'config.json'), '{');
    await expect(openRun({ ...options, mode: 'resume' })).rejects.toThrow(`${join(path, 'config.json')}: expected JSON, got something else`);
  });

  it('killed while it writes checkpoints, keeps a whole one and lets the next process resume', async () => {
    const children = createChildren();
    try {
      const options = place();
      const body = `
        const run = await storage.openRun(${JSON.stringify(options)});
        for (let i = 0; ; i = (i + 1) % 256) {
          await run.writeCheckpoint(new Uint8Array(2 ** 22).fill(i));
          if (i === 2) console.log('going');
        }`;
      await killAfterOutput(children.start(body), 5);
      const run = await openRun({ ...options, mode: 'resume' });
      const bytes = (await run.readCheckpoint()) as Uint8Array;
      expect(bytes.length).toBe(2 ** 22);
      expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
      expect(readdirSync(run.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      await run.close();
      expect(existsSync(join(run.path, 'unfinished.json'))).toBe(true);
    } finally {
      children.remove();
    }
  });
});
