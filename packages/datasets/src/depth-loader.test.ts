import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDepthLoader } from './depth-loader.js';
import { depthTiff, temporaryFolder } from './testing/files.js';

const folder = temporaryFolder();
const path = (i: number): string => join(folder, `${i}.tiff`);

beforeAll(() => {
  for (let i = 0; i < 8; i++) writeFileSync(path(i), depthTiff(40, 40, 1 + i));
});

describe('depth loader', () => {
  it('loads what is needed now before what is loaded ahead, each in turn', async () => {
    const { load } = createDepthLoader();
    const { signal } = new AbortController();
    const done: number[] = [];
    const note = (i: number, ahead: boolean): Promise<unknown> => load(path(i), ahead ? signal : undefined).then(() => done.push(i));
    await Promise.all([...[0, 1, 2, 3, 4, 5, 6].map((i) => note(i, true)), note(7, false)]);
    expect([...done].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // Two run at once, so neighbours may overtake each other: the first and the last of what waited are told apart.
    expect(done.indexOf(7)).toBeLessThan(done.indexOf(6));
    expect(done.indexOf(2)).toBeLessThan(done.indexOf(6));
  });

  it('drops what waits once its signal has come, and goes on', async () => {
    const { load } = createDepthLoader();
    const stop = new AbortController();
    const ahead = Promise.allSettled([0, 1, 2, 3, 4, 5].map((i) => load(path(i), stop.signal)));
    stop.abort(new Error('another order'));
    expect((await load(path(7))).get(0, 0)).toBe(8);
    const outcomes = await ahead;
    for (const outcome of outcomes.slice(2)) expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'another order' } });
    expect((await load(path(6))).get(39, 39)).toBe(7);
  });

  it('fails by name, and loads the next', async () => {
    const { load } = createDepthLoader();
    const gone = join(folder, 'gone.tiff');
    const failures = await Promise.allSettled([load(gone), load(gone), load(gone), load(path(0))]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    await expect(load(gone)).rejects.toThrow(`${gone}: no such file`);
  });
});
