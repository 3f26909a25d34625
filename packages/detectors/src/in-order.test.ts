import { setTimeout as wait } from 'node:timers/promises';
import type { Crew } from './helpers.js';
import { inOrder, type ImageTask, type OrderedHelp } from './in-order.js';

interface Job {
  readonly id: string;
  readonly index: number;
}

/** Squares of the images' numbers; image 3 is known beforehand. Notes what was prepared, and done in this thread. */
function squares(milliseconds = 0): ImageTask<Job, Job, number> & { prepared: number[]; here: number[] } {
  const task = {
    prepared: [] as number[],
    here: [] as number[],
    prepare: async (index: number) => {
      await wait((index * 7) % 5);
      task.prepared.push(index);
      return index === 3 ? { value: 9 } : { job: { id: `image ${index}`, index } };
    },
    work: async (job: Job) => {
      task.here.push(job.index);
      await wait(milliseconds);
      return job;
    },
    finish: (_: number, { index }: Job) => Promise.resolve(index * index),
  };
  return task;
}

/** Helpers that are ready at once and take so long for a job. */
function crew(ready: number, milliseconds: (index: number) => number, fail?: number): Crew & { done: number[]; most: number; closed: boolean } {
  const closing = new AbortController();
  let out = 0;
  const helpers = {
    ...{ ready, done: [] as number[], most: 0, closed: false },
    async run(job: object) {
      const { index } = job as Job;
      helpers.most = Math.max(helpers.most, ++out);
      await wait(milliseconds(index), undefined, { signal: closing.signal });
      out--;
      if (index === fail) throw new Error(`image ${index} is broken`);
      helpers.done.push(index);
      return job;
    },
    close() {
      helpers.closed = true;
      closing.abort();
      return Promise.resolve();
    },
  };
  return helpers;
}

/** Helpers to be called. */
function called(helpers: Crew, onCall: (jobs: number) => void = () => undefined, preparationSeconds = 0): OrderedHelp {
  return {
    preparationSeconds,
    open(jobs) {
      onCall(jobs);
      return Promise.resolve(helpers);
    },
  };
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

const images = Array.from({ length: 20 }, (_, i) => i);
const expected = images.map((i) => i * i);

it('computes one value after the other without helpers', async () => {
  const task = squares();
  expect(await collect(inOrder(task, { images }))).toEqual(expected);
  expect(task.here).toEqual(images.filter((i) => i !== 3));
});

it('gives the same values in the same order with helpers, whoever is faster, and prepares in order', async () => {
  for (const [own, others] of [[0, 5], [5, 0], [3, 3]] as const) {
    const task = squares(own);
    const helpers = crew(3, (index) => others + ((index * 5) % 7));
    let asked = 0;
    expect(await collect(inOrder(task, { images, helpers: called(helpers, (jobs) => (asked = jobs)) }))).toEqual(expected);
    expect(asked).toBe(19);
    expect([...task.here, ...helpers.done].sort((a, b) => a - b)).toEqual(images.filter((i) => i !== 3));
    expect(helpers.done.length).toBeGreaterThan(0);
    expect(helpers.most).toBeLessThanOrEqual(6);
    expect(task.prepared).toEqual(images);
    expect(helpers.closed).toBe(true);
  }
});

it('takes images in the order that is asked for', async () => {
  expect(await collect(inOrder(squares(), { images: [5, 3, 8], helpers: called(crew(2, () => 1)) }))).toEqual([25, 9, 64]);
});

it('does everything itself while no helper is ready', async () => {
  const task = squares();
  expect(await collect(inOrder(task, { images, helpers: called(crew(0, () => 0)) }))).toEqual(expected);
  expect(task.here).toHaveLength(19);
});

it('calls no helpers for one image, nor where nothing is to be done', async () => {
  const open = jest.fn();
  const helpers = called(crew(2, () => 0), open, 1e-9);
  expect(await collect(inOrder(squares(), { images: [4], helpers }))).toEqual([16]);
  expect(await collect(inOrder(squares(), { images: [3, 3, 3], helpers }))).toEqual([9, 9, 9]);
  expect(open).not.toHaveBeenCalled();
});

it('calls helpers where the work that is left is longer than what they take to prepare themselves', async () => {
  const open = jest.fn();
  await collect(inOrder(squares(5), { images, helpers: called(crew(2, () => 5), open, 60) }));
  expect(open).not.toHaveBeenCalled();
  await collect(inOrder(squares(5), { images, helpers: called(crew(2, () => 5), open, 0.02) }));
  expect(open).toHaveBeenCalledTimes(1);
});

it('works a bounded number of images ahead', async () => {
  const task = squares();
  for await (const value of inOrder(task, { images: Array.from({ length: 200 }, (_, i) => i), helpers: called(crew(2, () => 0)) })) {
    expect(task.prepared.length).toBeLessThanOrEqual(Math.sqrt(value) + 1 + 4 * 3);
    if (value > 900) break;
    await wait(2);
  }
});

it('fails with the first error in the images’ order, after the values that stand before it', async () => {
  const broken = new Error('image 7 is broken');
  const task = { ...squares(), work: (job: Job) => (job.index === 7 ? Promise.reject(broken) : Promise.resolve(job)) };
  for (const helpers of [undefined, crew(2, () => 1, 7)]) {
    const values: number[] = [];
    const walk = async (): Promise<void> => {
      for await (const value of inOrder(task, { images, helpers: helpers && called(helpers) })) values.push(value);
    };
    await expect(walk()).rejects.toThrow('image 7 is broken');
    expect(values).toEqual(expected.slice(0, 7));
    expect(helpers?.closed ?? true).toBe(true);
  }
});

it('stops for a signal while helpers work', async () => {
  const controller = new AbortController();
  const helpers = crew(2, () => 1e6);
  setTimeout(() => controller.abort(new Error('stopped')), 50);
  await expect(collect(inOrder(squares(), { images, helpers: called(helpers), signal: controller.signal }))).rejects.toThrow('stopped');
  expect(helpers.closed).toBe(true);
});

it('sends helpers away when nobody asks for more', async () => {
  const helpers = crew(2, () => 1);
  for await (const value of inOrder(squares(), { images, helpers: called(helpers) })) if (value === 4) break;
  expect(helpers.closed).toBe(true);
});
