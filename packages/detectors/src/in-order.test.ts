import { setTimeout as wait } from 'node:timers/promises';
import type { Crew } from './helpers.js';
import { inOrder, type ImageTask } from './in-order.js';

interface Job {
  readonly id: string;
  readonly index: number;
}

/** Squares of the images' numbers; image 3 is known beforehand. Notes what was prepared, and done in this thread. */
function squares(): ImageTask<Job, Job, number> & { prepared: number[]; here: number[] } {
  const task = {
    prepared: [] as number[],
    here: [] as number[],
    prepare: async (index: number) => {
      await wait((index * 7) % 5);
      task.prepared.push(index);
      return index === 3 ? { value: 9 } : { job: { id: `image ${index}`, index }, finish: (result: Job) => Promise.resolve(result.index * result.index) };
    },
    work: (job: Job) => {
      task.here.push(job.index);
      return Promise.resolve(job);
    },
  };
  return task;
}

/** Helpers that take so long for a job. */
function crew(milliseconds: (index: number) => number, fail?: number): Crew & { done: number[]; most: number; closed: boolean } {
  const closing = new AbortController();
  let out = 0;
  const helpers = {
    ...{ size: 3, done: [] as number[], most: 0, closed: false },
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

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

const images = Array.from({ length: 20 }, (_, i) => i);
const expected = images.map((i) => i * i);
const jobs = images.filter((i) => i !== 3);

it('computes one value after the other without helpers', async () => {
  const task = squares();
  let handedOut = 0;
  for await (const value of inOrder(task, { images })) {
    expect([value, task.prepared.length]).toEqual([expected[handedOut], handedOut + 1]);
    handedOut++;
  }
  expect([handedOut, task.here]).toEqual([20, jobs]);
});

it('gives the same values in the same order with helpers, in whatever order they are done, and prepares in order', async () => {
  const task = squares();
  const helpers = crew((index) => (index * 5) % 17);
  expect(await collect(inOrder(task, { images, open: () => Promise.resolve(helpers) }))).toEqual(expected);
  expect([task.here, task.prepared]).toEqual([[], images]);
  expect(helpers.most).toBeGreaterThan(3); // each has one, and the next is ready
  expect(helpers.done).not.toEqual(jobs);
  expect([...helpers.done].sort((a, b) => a - b)).toEqual(jobs);
  expect(helpers.closed).toBe(true);
});

it('takes images in the order that is asked for', async () => {
  expect(await collect(inOrder(squares(), { images: [5, 3, 8], open: () => Promise.resolve(crew(() => 1)) }))).toEqual([25, 9, 64]);
});

it('calls no helpers where nothing is to be done', async () => {
  const open = jest.fn();
  expect(await collect(inOrder(squares(), { images: [3, 3, 3], open }))).toEqual([9, 9, 9]);
  expect(open).not.toHaveBeenCalled();
});

it('works a bounded number of images ahead of whoever reads', async () => {
  const task = squares();
  for await (const value of inOrder(task, { images: Array.from({ length: 200 }, (_, i) => i), open: () => Promise.resolve(crew(() => 0)) })) {
    expect(task.prepared.length).toBeLessThanOrEqual(Math.sqrt(value) + 3 * 3);
    if (value > 900) break;
    await wait(2);
  }
});

it('fails with the first error in the images’ order, after the values that stand before it', async () => {
  const task = { ...squares(), work: (job: Job) => (job.index === 7 ? Promise.reject(new Error('image 7 is broken')) : Promise.resolve(job)) };
  for (const helpers of [undefined, crew((index) => (index === 7 ? 0 : 9), 7)]) {
    const values: number[] = [];
    const walk = async (): Promise<void> => {
      for await (const value of inOrder(task, { images, open: helpers && (() => Promise.resolve(helpers)) })) values.push(value);
    };
    await expect(walk()).rejects.toThrow('image 7 is broken');
    expect(values).toEqual(expected.slice(0, 7));
    expect(helpers?.closed ?? true).toBe(true);
  }
});

it('fails where helpers cannot be called', async () => {
  await expect(collect(inOrder(squares(), { images, open: () => Promise.reject(new Error('no memory')) }))).rejects.toThrow('no memory');
});

it('stops for a signal while helpers work', async () => {
  const controller = new AbortController();
  const helpers = crew(() => 1e6);
  setTimeout(() => controller.abort(new Error('stopped')), 50);
  await expect(collect(inOrder(squares(), { images, open: () => Promise.resolve(helpers), signal: controller.signal }))).rejects.toThrow('stopped');
  expect(helpers.closed).toBe(true);
});

it('sends helpers away when nobody asks for more', async () => {
  const helpers = crew(() => 1);
  for await (const value of inOrder(squares(), { images, open: () => Promise.resolve(helpers) })) if (value === 4) break;
  expect(helpers.closed).toBe(true);
});
