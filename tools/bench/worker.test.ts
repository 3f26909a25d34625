import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Case, Context } from './lib/case.mjs';
import { measureCase } from './lib/measure.mjs';
import { startWorker, type Worker } from './lib/worker-process.mjs';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'blemish-bench-test-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** A side in a file of its own, of what is given to `serve`. */
function side(name: string, functions: string): { command: string; args: string[] } {
  const file = join(folder, `${name}.mjs`);
  const worker = pathToFileURL(join(__dirname, 'lib/worker.mjs')).href;
  writeFileSync(file, `import { serve } from '${worker}';\nawait serve({ ${functions} });\n`);
  return { command: process.execPath, args: [file] };
}

describe('a worker', () => {
  const started: Worker[] = [];
  const start = (...of: Parameters<typeof side>): Worker => {
    const worker = startWorker(side(...of), 'the side');
    started.push(worker);
    return worker;
  };
  afterEach(async () => void (await Promise.all(started.splice(0).map((worker) => worker.quit()))));

  it('prepares, runs in its own time or that of the clock, and prints beside the protocol', async () => {
    const worker = start('fine', "prepare: async (folder) => (console.log('words'), { folder }), run: async () => 0.25");
    expect(await worker.ask({ do: 'prepare', folder: 'here' })).toEqual({ ok: true, folder: 'here' });
    expect(await worker.ask({ do: 'run' })).toEqual({ seconds: 0.25 });
    await expect(worker.ask({ do: 'outputs', file: 'x' })).rejects.toThrow("the side: cannot do 'outputs'");
    const clocked = start('clocked', 'prepare: async () => {}, run: () => new Promise((done) => setTimeout(done, 20))');
    expect((await clocked.ask({ do: 'run' }))['seconds']).toBeGreaterThan(0.015);
  });

  it('says what a side threw, and its last words where it dies', async () => {
    const worker = start('dies', "prepare: async () => { throw new Error('no inputs'); }, run: async () => { console.error('last words'); process.exit(3); }");
    await expect(worker.ask({ do: 'prepare', folder })).rejects.toThrow('the side: no inputs');
    await expect(worker.ask({ do: 'run' })).rejects.toThrow(/^the side ended with status 3\n {4}last words$/);
    await expect(worker.ask({ do: 'run' })).rejects.toThrow('ended with status 3');
  });

  it('says that a program is missing', async () => {
    const worker = startWorker({ command: join(folder, 'no-such-program'), args: [] }, 'the side');
    await expect(worker.ask({ do: 'run' })).rejects.toThrow('the side could not be started');
  });
});

describe('measuring', () => {
  const context: Context = { root: folder, folder: tmpdir(), cache: tmpdir(), python: undefined, threads: 1 };
  const say = (): void => {};
  const plain = { name: 'thing', group: 'thing', what: '', against: 'another' };

  it('takes the fastest variant, and the ratio of the medians', async () => {
    const slow = { ...side('ours', "prepare: async () => {}, run: async () => 0.5"), env: {} };
    const peer = side('peer', "prepare: async () => ({ variant: process.argv[2] }), run: async () => (process.argv[2] === 'b' ? 1 : 2)");
    const variants = ['a', 'b', 'c'].map((name) => ({ name, args: [name] }));
    const one: Case = { ...plain, ours: () => slow, peer: () => ({ ...peer, variants }) };
    const result = await measureCase(one, context, { pairs: 2, say });
    expect(result).toMatchObject({ ratio: 2, trials: { a: 2, b: 1, c: 2 }, peerReport: { variant: 'b' } });
    expect(result.ours.seconds).toHaveLength(2);
  });

  it('runs ours alone where there is no peer', async () => {
    const one: Case = { ...plain, ours: () => side('alone', "prepare: async () => {}, run: async () => 0.5"), peer: () => undefined };
    expect(await measureCase(one, context, { pairs: 1, say })).toMatchObject({ ratio: undefined, peer: undefined, ours: { median: 0.5 } });
  });

  it('times nothing where the outputs differ', async () => {
    const weights = pathToFileURL(join(__dirname, '../../packages/weights/dist/index.js')).href;
    const gives = (name: string, value: number): { command: string; args: string[] } =>
      side(
        name,
        `prepare: async () => {}, run: async () => { process.exit(1); }, outputs: async (file) => {
          const { writeSafetensors } = await import('${weights}');
          (await import('node:fs')).writeFileSync(file, writeSafetensors([['y', { dtype: 'F32', shape: [1], data: Float32Array.of(${value}) }]]));
        }`,
      );
    const one: Case = { ...plain, ours: () => gives('one', 1), peer: () => gives('two', 2), compare: [{ prefix: '', tolerance: 0.1 }] };
    await expect(measureCase(one, { ...context, folder }, { pairs: 1, say })).rejects.toThrow("outputs: 'y' differs by 5.0e-1");
  });

  it('times plain commands from start to exit, and checks afterwards', async () => {
    const node = (code: string): { command: string; args: string[] } => ({ command: process.execPath, args: ['-e', code] });
    const wait = 'setTimeout(() => {}, 200)';
    const one: Case = { ...plain, once: true, ours: () => node(wait), peer: () => node(wait), check: () => 'equal' };
    const result = await measureCase(one, context, { say });
    expect(result).toMatchObject({ checked: 'equal' });
    expect(result.ours.minimum).toBeGreaterThan(0.2);
    const failing: Case = { ...one, peer: () => node("console.error('why'); process.exit(4)") };
    await expect(measureCase(failing, context, { say })).rejects.toThrow(/^another ended with status 4\n {4}why$/);
  });
});

describe('the command', () => {
  const bench = (...parameters: string[]) => spawnSync(process.execPath, [join(__dirname, 'run.mjs'), ...parameters], { encoding: 'utf8' });

  it('refuses wrong options with one line and exit code 2', () => {
    expect(bench('--only', 'nothing')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^bench: --only: expected a case or .*'nothing'.*\n$/) });
    expect(bench('--pairs', '0')).toMatchObject({ status: 2, stderr: "bench: --pairs: expected a whole number of at least 1, got '0'\n" });
    expect(bench('--fast').status).toBe(2);
    expect(bench('--json', join(folder, 'fine.mjs/out.json')).status).toBe(2);
  });

  it('lists its cases', () => {
    expect(bench('--list')).toMatchObject({ status: 0, stdout: expect.stringContaining('student 1024: training step, batch 8') });
  });
});
