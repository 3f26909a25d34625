import { nextFrame } from '@tensorflow/tfjs-core';
import type { Crew, HelperJob, Helpers } from './helpers.js';

/** A value for each of some images, which takes a job that concerns the image alone. */
export interface ImageTask<Job extends HelperJob, Result extends object, Value> {
  /** The job that image `index` takes, or its value where none is to be done. */
  prepare(index: number): Promise<Prepared<Job, Value>>;
  /** Does a job in this thread. */
  work(job: Job): Promise<Result>;
  /** The value that comes of a job's result. */
  finish(index: number, result: Result): Promise<Value>;
}

/** What `prepare` found. */
export type Prepared<Job, Value> = { readonly job: Job } | { readonly value: Value };

/** Helpers that may be called where the work is long enough; they are sent away at the end. */
export interface OrderedHelp extends Pick<Helpers, 'preparationSeconds'> {
  /** Calls them: at most `jobs` are of use. */
  open(jobs: number): Promise<Crew>;
}

/** How values are computed one after the other. */
export interface InOrderOptions {
  /** The images, in the order of the values. */
  readonly images: readonly number[];
  readonly helpers?: OrderedHelp | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Images that may be begun and not handed out, for each thread: this bounds the memory. */
const aheadPerThread = 4;

/** The value of one image, computed in this thread. */
export async function valueOf<J extends HelperJob, R extends object, V>(task: ImageTask<J, R, V>, index: number): Promise<V> {
  const prepared = await task.prepare(index);
  return 'value' in prepared ? prepared.value : task.finish(index, await task.work(prepared.job));
}

/**
 * A value for each image, in their order. This thread works too, on the next image whenever it would wait; so
 * nothing waits until a helper is ready.
 *
 * @throws the first error in the images' order; the signal's reason
 */
export async function* inOrder<J extends HelperJob, R extends object, V>(
  task: ImageTask<J, R, V>,
  { images, helpers, signal }: InOrderOptions,
): AsyncGenerator<V> {
  const begun: { readonly value: Promise<V>; settled: boolean }[] = [];
  let next = 0; // first place in `images` that is not begun
  let preparing: Promise<unknown> = Promise.resolve();
  let opening: Promise<void> | undefined;
  let crew: Crew | undefined;
  let away = 0; // images that are with helpers
  let jobSeconds = 0; // what the last job took here

  /** Images are prepared one after the other: a source that decodes ahead is asked in its order. */
  function prepare(index: number): Promise<Prepared<J, V>> {
    const prepared = preparing.then(() => task.prepare(index));
    preparing = prepared.catch(() => undefined);
    return prepared;
  }

  function begin(work: (index: number) => Promise<V>): Promise<void> {
    const value = work(images[next++] as number);
    const entry = { value, settled: false };
    begun.push(entry);
    const settle = (): void => void (entry.settled = true);
    return value.then(settle, settle);
  }

  async function here(index: number): Promise<V> {
    const prepared = await prepare(index);
    if ('value' in prepared) return prepared.value;
    const start = performance.now();
    const result = await task.work(prepared.job);
    jobSeconds = (performance.now() - start) / 1000;
    return task.finish(index, result);
  }

  async function elsewhere(to: Crew, index: number): Promise<V> {
    away++;
    try {
      const prepared = await prepare(index);
      if ('value' in prepared) return prepared.value;
      const { job } = prepared;
      return await task.finish(index, to.ready > 0 ? ((await to.run(job)) as R) : await task.work(job)); // all may be lost
    } finally {
      away--;
    }
  }

  async function callWhereWorthIt(): Promise<void> {
    const rest = images.length - next;
    if (helpers === undefined || rest < 2 || rest * jobSeconds < 2 * helpers.preparationSeconds) return;
    opening ??= helpers.open(rest - 1).then((opened) => void (crew = opened));
    await opening;
  }

  const mayBegin = (): boolean => next < images.length && begun.length < aheadPerThread * (1 + (crew?.ready ?? 0));

  function handOver(): void {
    const to = crew;
    if (to === undefined) return;
    const { ready } = to;
    // A second job in its hands spares a helper the wait for it; near the end it would keep the job from one without any.
    while (mayBegin() && (away < ready || (away < 2 * ready && images.length - next > ready + 1))) void begin((index) => elsewhere(to, index));
  }

  let wake = (): void => undefined;
  const aborted = new Promise<void>((resolve) => (wake = resolve));
  signal?.addEventListener('abort', wake);
  try {
    while (next < images.length || begun.length > 0) {
      signal?.throwIfAborted();
      await callWhereWorthIt();
      handOver();
      if (begun.length === 0) await begin(here);
      const [first] = begun as [(typeof begun)[number]];
      while (!first.settled) {
        if (mayBegin()) await begin(here);
        else await Promise.race([first.value.catch(() => undefined), aborted]);
        await messagesIn();
        signal?.throwIfAborted();
        handOver();
      }
      begun.shift();
      yield await first.value;
    }
  } finally {
    signal?.removeEventListener('abort', wake);
    await opening?.catch(() => undefined);
    await crew?.close();
    await Promise.allSettled([preparing, ...begun.map(({ value }) => value)]);
  }
}

/** Lets in what helpers have sent while this thread worked: Node hands messages over between two frames. */
async function messagesIn(): Promise<void> {
  await nextFrame();
  await nextFrame();
}
