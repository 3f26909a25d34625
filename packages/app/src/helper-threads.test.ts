import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAst, loadAst, resolveAstConfig, type Crew, type Helpers, type SampleSource, type ScoredSample } from '@blemish/detectors';
import { startEngine } from '@blemish/engine/node';
import { mulberry32 } from '@blemish-tools/jest';
import ndarray from 'ndarray';
import { createHelperThreads, type HelperThreadOptions } from './helper-threads.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

/** What a thread of the program runs; jest runs the rest from its sources. */
const built = pathToFileURL(resolve(__dirname, '../dist/helper-worker.js'));

/** A thread that does as its jobs are called. */
const obedient = pathToFileURL(
  writeInto(
    temporaryFolder(),
    'obedient.mjs',
    `import { parentPort, threadId } from 'node:worker_threads';
const say = (answer) => parentPort.postMessage(answer);
let secret;
parentPort.on('message', ({ parts, backend, job }) => {
  if (parts?.kind === 'refuse') return say({ error: 'no memory' });
  if (parts?.kind === 'half' && threadId % 2 === 0) return say({ error: 'no memory' });
  if (parts) { secret = parts.secret; return say({ ready: true }); }
  if (job.id === 'hang') return;
  if (job.id === 'break') return say({ error: 'break: damaged' });
  if (job.id === 'exit') process.exit(3);
  if (job.id === 'throw') throw new Error('thrown\\nand more');
  setTimeout(() => say({ result: { id: job.id, threadId, secret } }), 5);
});`,
  ),
);

function crew(kind = 'x', { onWarning = () => undefined }: Partial<HelperThreadOptions> = {}): Crew {
  const helpers = createHelperThreads({ backend: 'wasm', count: 2, onWarning, entry: obedient }) as Helpers;
  return helpers.open({ kind, secret: Float32Array.of(7) } as { kind: string }, 10);
}

describe('threads', () => {
  it('each take the next job, whoever is free, and share what they were told', async () => {
    const helpers = crew();
    const results = await Promise.all(Array.from({ length: 8 }, (_, i) => helpers.run({ id: String(i) })));
    expect(results.map((result) => (result as { id: string }).id)).toEqual(Array.from({ length: 8 }, (_, i) => String(i)));
    expect(new Set(results.map((result) => (result as { threadId: number }).threadId)).size).toBe(2);
    expect(results[0]).toMatchObject({ secret: Float32Array.of(7) });
    await helpers.close();
  });

  it('hand on the error of a job, and go on', async () => {
    const helpers = crew();
    await expect(helpers.run({ id: 'break' })).rejects.toThrow(/^break: damaged$/);
    await expect(helpers.run({ id: 'fine' })).resolves.toMatchObject({ id: 'fine' });
    await helpers.close();
  });

  it.each([
    ['exit', 'exit: the thread that worked on it ended (exit code 3)'],
    ['throw', 'throw: the thread that worked on it ended (thrown)'],
  ])('name the image that one ends at: %s', async (id, message) => {
    const warnings: string[] = [];
    const helpers = crew('x', { onWarning: (line) => warnings.push(line) });
    await expect(helpers.run({ id })).rejects.toThrow(message);
    await expect(helpers.run({ id: 'fine' })).resolves.toMatchObject({ id: 'fine' });
    expect(warnings).toEqual([expect.stringMatching(/^a helper thread ended \(.*\), 1 go on$/)]);
    await expect(helpers.run({ id })).rejects.toThrow(message);
    await expect(helpers.run({ id: 'fine' })).rejects.toThrow('fine: no thread is there to work on it');
    await helpers.close();
  });

  it('fail with what hindered them where none starts, and go on where one does', async () => {
    const none = crew('refuse');
    await expect(none.run({ id: 'a' })).rejects.toThrow('a: the thread that worked on it ended (no memory)');
    await none.close();
    const half = crew('half');
    await expect(Promise.all(['a', 'b', 'c'].map((id) => half.run({ id })))).resolves.toHaveLength(3);
    await half.close();
  });

  it('end at once when they are closed, whatever they do', async () => {
    const helpers = crew();
    const jobs = ['hang', 'hang', 'waiting'].map((id) => helpers.run({ id }));
    const outcomes = Promise.allSettled(jobs);
    await helpers.close();
    expect((await outcomes).map((outcome) => (outcome as PromiseRejectedResult).reason as Error).map(({ message }) => message)).toEqual([
      'hang: the work on it was stopped',
      'hang: the work on it was stopped',
      'waiting: the work on it was stopped',
    ]);
    await expect(helpers.run({ id: 'late' })).rejects.toThrow('late: no thread is there');
  });

  it('are not there for one thread, nor where the program is not built', () => {
    const options = { backend: 'wasm', onWarning: () => undefined } as const;
    expect(createHelperThreads({ ...options, count: 1, entry: built })).toBeUndefined();
    expect(createHelperThreads({ ...options, count: 2 })).toBeUndefined(); // beside this source
  });
});

describe('a detector', () => {
  const size = 400; // seven images are enough to be shared
  const config = resolveAstConfig('smoke', {
    imageSize: [size, size],
    backbone: { tap: 2 },
    teacher: { hidden: 8, epochs: 1 },
    student: { hidden: 8, blocks: 1, epochs: 1 },
  });
  const helpers = createHelperThreads({ backend: 'wasm', count: 2, onWarning: () => undefined, entry: built });
  const source = (first: number, broken = -1): SampleSource => ({
    length: 7,
    id: (i) => `image ${first + i}`,
    contentKey: (i) => Promise.resolve(String(first + i)),
    size: () => Promise.resolve([20, 30] as const),
    load: (i) => {
      const draw = mulberry32(first + i);
      const shape = i === broken ? [size, size, 1] : [size - i, size, 3]; // resized by the helper
      return Promise.resolve({ id: `image ${first + i}`, image: ndarray(Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, () => 256 * draw()), shape) });
    },
  });
  let model: Uint8Array;

  async function fitted(options: { helpers?: Helpers | undefined }): Promise<Uint8Array> {
    const detector = await createAst({ config });
    try {
      await detector.fit(source(0), options);
      return await detector.toBytes();
    } finally {
      detector.dispose();
    }
  }

  async function scored(from: SampleSource, options: { helpers?: Helpers | undefined; signal?: AbortSignal; onProgress?: () => void }): Promise<ScoredSample[]> {
    const detector = await loadAst(model);
    const all: ScoredSample[] = [];
    try {
      for await (const one of detector.scoreSource(from, options)) all.push(one);
      return all;
    } finally {
      detector.dispose();
    }
  }

  beforeAll(async () => {
    await startEngine({ backend: 'wasm' });
    model = await fitted({});
  });

  it('is fitted to the same bits by two threads', async () => {
    expect(helpers).toBeDefined();
    expect(Buffer.compare(await fitted({ helpers }), model)).toBe(0);
  });

  it('scores the same bits in the same order', async () => {
    const bits = (all: ScoredSample[]): unknown => all.map(({ id, scores, map }) => [id, scores, map.data]);
    expect(bits(await scored(source(50), { helpers }))).toEqual(bits(await scored(source(50), {})));
  });

  it('names an image that a helper cannot take, as without helpers', async () => {
    const message = 'image 53: expected an image [H,W,3], got [400,400,1]';
    await expect(scored(source(50, 3), {})).rejects.toThrow(message);
    await expect(scored(source(50, 3), { helpers })).rejects.toThrow(message);
  });

  it('stops for a signal', async () => {
    const controller = new AbortController();
    let seen = 0;
    const onProgress = (): void => void (++seen === 2 && controller.abort(new Error('stopped')));
    await expect(scored(source(50), { helpers, signal: controller.signal, onProgress })).rejects.toThrow('stopped');
    expect(seen).toBe(2);
  });

  it('says why a helper’s engine does not start', async () => {
    const lost = createHelperThreads({ backend: 'gpu', count: 2, onWarning: () => undefined, entry: built });
    await expect(scored(source(50), { helpers: lost })).rejects.toThrow(/^image 50: the thread that worked on it ended \(backend gpu is not here/);
  });
});
