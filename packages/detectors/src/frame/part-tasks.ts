import type { ImageTask, Prepared } from '../in-order.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import { jobOf, type PartArrays, type PartJob } from './part-job.js';

/** A value for each part of a source. */
export type PartTask<Value> = ImageTask<PartJob, PartArrays, Value>;

/** Does a job, in this thread. */
export type PartWork = (job: PartJob) => Promise<PartArrays>;

/** An array of each part that a store keeps. */
export interface KeptArray {
  readonly name: string;
  /** Key in the store, before that of the content. */
  readonly key: string;
  /** The part of a sample that it is computed from. */
  readonly of: 'image' | 'depth';
  /** Values that it has. */
  readonly length: number;
  /** Undefined: it is computed each time. */
  readonly store: FeatureStore | undefined;
}

/** Arrays of each part, from their stores where these have them; nothing is decoded where they have all. */
export function keptTask(kept: readonly KeptArray[], samples: SampleSource, work: PartWork): PartTask<PartArrays> {
  const keyOf = async ({ key, of }: KeptArray, index: number): Promise<string> => `${key}/${await samples.contentKey(index, of)}`;
  return {
    async prepare(index) {
      const known: Record<string, Float32Array> = {};
      for (const array of kept) {
        const found = await array.store?.get(await keyOf(array, index));
        if (found?.length === array.length) known[array.name] = found;
      }
      const missing = kept.filter(({ name }) => known[name] === undefined);
      if (missing.length === 0) return { value: known };
      return {
        job: jobOf(await samples.load(index), missing.map(({ name }) => name), { ...known }),
        async finish(result) {
          for (const array of missing) {
            const value = wanted(result, array.name);
            known[array.name] = value;
            await array.store?.put(await keyOf(array, index), value);
          }
          return known;
        },
      };
    },
    work,
  };
}

/** Goes on from the arrays of a part to one more, which nothing keeps; or computes those on its way. */
export function furtherTask<Value>(
  task: PartTask<PartArrays>,
  samples: SampleSource,
  want: string,
  work: PartWork,
  finish: (output: Float32Array, known: PartArrays, index: number) => Promise<Value>,
): PartTask<Value> {
  return {
    async prepare(index): Promise<Prepared<PartJob, PartArrays, Value>> {
      const prepared = await task.prepare(index);
      if ('value' in prepared) {
        const known = prepared.value;
        return { job: { id: samples.id(index), known, want: [want] }, finish: (result) => finish(wanted(result, want), known, index) };
      }
      const { job } = prepared;
      return {
        job: { ...job, want: [...job.want, want] },
        finish: async (result) => finish(wanted(result, want), await prepared.finish(result), index),
      };
    },
    work,
  };
}

/** The same task with its values turned into others. */
export function mappedTask<A, B>({ prepare, work }: PartTask<A>, turn: (value: A) => B): PartTask<B> {
  return {
    async prepare(index) {
      const prepared = await prepare(index);
      if ('value' in prepared) return { value: turn(prepared.value) };
      return { job: prepared.job, finish: async (result) => turn(await prepared.finish(result)) };
    },
    work,
  };
}

function wanted(result: PartArrays, name: string): Float32Array {
  const output = result[name];
  if (output === undefined) throw new Error(`a job came back without its ${name}`);
  return output;
}
