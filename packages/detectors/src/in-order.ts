import type { Crew, HelperJob } from './helpers.js';

/** A value for each of some images, which takes a job that concerns the image alone. */
export interface ImageTask<Job extends HelperJob, Result extends object, Value> {
  /** The job that image `index` takes, or its value where none is to be done. */
  prepare(index: number): Promise<Prepared<Job, Result, Value>>;
  /** Does a job in this thread. */
  work(job: Job): Promise<Result>;
}

/** What `prepare` found: a value, or a job and what comes of its result. */
export type Prepared<Job, Result, Value> = { readonly value: Value } | { readonly job: Job; readonly finish: (result: Result) => Promise<Value> };

/** How values are computed one after the other. */
export interface InOrderOptions {
  /** The images, in the order of the values. */
  readonly images: readonly number[];
  /** Calls helpers, before the first job, where the work is worth it; they are sent away at the end. */
  readonly open?: (() => Promise<Crew>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const nothing = (): void => undefined;

/** Images begun and not handed out, for each helper: one in its hands, one ready for it, one done before its turn. */
const aheadPerHelper = 3;

/** The value of one image, computed in this thread. */
export async function valueOf<J extends HelperJob, R extends object, V>(task: ImageTask<J, R, V>, index: number): Promise<V> {
  const prepared = await task.prepare(index);
  return 'value' in prepared ? prepared.value : prepared.finish(await task.work(prepared.job));
}

/**
 * A value for each image, in their order: computed in this thread one after the other, or by helpers, a bounded number of
 * images ahead.
 *
 * @throws the first error in the images' order; the signal's reason
 */
export async function* inOrder<J extends HelperJob, R extends object, V>(
  task: ImageTask<J, R, V>,
  { images, open, signal }: InOrderOptions,
): AsyncGenerator<V> {
  const begun: Promise<V>[] = [];
  const settled = new WeakSet<Promise<V>>();
  let opening: Promise<Crew> | undefined;
  let ahead = 1; // until helpers have come
  let preparing: Promise<unknown> = Promise.resolve();
  let news = deferred(); // settles when helpers have come, or the signal is aborted
  const onAbort = (): void => news.settle();
  signal?.addEventListener('abort', onAbort);

  /** Images are prepared one after the other: a source that decodes ahead is asked in its order. */
  function prepare(index: number): Promise<Prepared<J, R, V>> {
    const prepared = preparing.then(() => task.prepare(index));
    preparing = prepared.catch(() => undefined);
    return prepared;
  }

  async function call(helpers: () => Promise<Crew>): Promise<Crew> {
    const crew = await helpers();
    ahead = aheadPerHelper * crew.size;
    news.settle();
    return crew;
  }

  async function valueByHelper(index: number, helpers: () => Promise<Crew>): Promise<V> {
    const prepared = await prepare(index);
    if ('value' in prepared) return prepared.value;
    const crew = await (opening ??= call(helpers));
    return prepared.finish((await crew.run(prepared.job)) as R);
  }

  function begin(index: number): void {
    const value = open === undefined ? valueOf(task, index) : valueByHelper(index, open);
    const settle = (): void => void settled.add(value);
    value.then(settle, settle); // whoever awaits it sees its failure
    begun.push(value);
  }

  try {
    for (let next = 0; next < images.length || begun.length > 0; ) {
      signal?.throwIfAborted();
      while (next < images.length && begun.length < ahead) begin(images[next++] as number);
      const [first] = begun as [Promise<V>];
      if (open === undefined) await first;
      else await Promise.race([first.then(nothing, nothing), news.promise]); // a value that is raced would be kept by `news`
      signal?.throwIfAborted();
      if (settled.has(first)) {
        begun.shift();
        yield await first;
      } else {
        news = deferred();
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    const crew = await opening?.catch(() => undefined);
    await crew?.close();
    await Promise.allSettled([preparing, ...begun]); // what is being kept is kept whole
  }
}

function deferred(): { readonly promise: Promise<void>; readonly settle: () => void } {
  let settle = (): void => undefined;
  const promise = new Promise<void>((resolve) => (settle = resolve));
  return { promise, settle };
}
