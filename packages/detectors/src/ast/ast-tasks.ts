import type { ImageTask, Prepared } from '../in-order.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import { joinInput, type AstInput, type InputParts } from './ast-input.js';
import { doAstJob, jobOf, type AstJob, type AstJobResult, type AstOutput } from './ast-job.js';
import type { AstParts, AstWeights } from './ast-session.js';

/** A value for each part of a source. */
export type AstTask<Value> = ImageTask<AstJob, AstJobResult, Value>;

/** Distances `[h*w]`, weighted, with what they were weighted by and what they are cut to. */
export interface AstDistances extends Omit<AstInput, 'x'> {
  readonly distance: Float32Array;
}

/** What an input is joined from, and how it is kept. */
interface InputSource {
  readonly name: keyof InputParts;
  /** Key in the store, before that of the content. */
  readonly key: string;
  /** The part of a sample that it is computed from. */
  readonly of: 'image' | 'depth';
  /** Values that it has. */
  readonly length: number;
}

type PreparedInput = Prepared<AstJob, AstJobResult, AstInput>;

/** What both networks take, from the store where it has it; nothing is decoded then. */
export function inputsTask(parts: AstParts, samples: SampleSource, store: FeatureStore | undefined): AstTask<AstInput> {
  const { extractor, depth } = parts;
  const sources: readonly InputSource[] = [
    ...(extractor === undefined ? [] : [{ name: 'features', key: `features/${extractor.key}`, of: 'image', length: extractor.shape.reduce((a, b) => a * b) } as const]),
    ...(depth === undefined ? [] : [{ name: 'depth', key: `depth/${depth.key}`, of: 'depth', length: depth.length } as const]),
  ];
  const keyOf = async ({ key, of }: InputSource, index: number): Promise<string> => `${key}/${await samples.contentKey(index, of)}`;

  return {
    async prepare(index): Promise<PreparedInput> {
      const known: Partial<Record<InputSource['name'], Float32Array>> = {};
      for (const source of sources) {
        const kept = await store?.get(await keyOf(source, index));
        if (kept?.length === source.length) known[source.name] = kept;
      }
      const missing = sources.filter(({ name }) => known[name] === undefined);
      if (missing.length === 0) return { value: joinInput(parts, known) };
      return {
        job: jobOf(await samples.load(index), missing.map(({ name }) => name), known),
        async finish(result) {
          for (const source of missing) {
            const value = wanted(result, source.name);
            known[source.name] = value;
            await store?.put(await keyOf(source, index), value);
          }
          return joinInput(parts, known);
        },
      };
    },
    work: (job) => doAstJob(parts, {}, job),
  };
}

/** The frozen teacher's outputs `[h,w,C]`, each computed once as long as `scratch` remembers it. */
export function teacherOutputsTask(
  parts: AstParts,
  weights: Pick<AstWeights, 'teacher'>,
  samples: SampleSource,
  inputs: AstTask<AstInput>,
  scratch: { readonly store: FeatureStore; readonly prefix: string },
): AstTask<Float32Array> {
  const keyOf = async (index: number): Promise<string> => `${scratch.prefix}/${await samples.contentKey(index)}`;
  const [h, w, c] = parts.shape;
  return {
    async prepare(index) {
      const kept = await scratch.store.get(await keyOf(index));
      if (kept?.length === h * w * c) return { value: kept };
      return goOn(samples.id(index), await inputs.prepare(index), 'teacherOutput', async (output) => {
        await scratch.store.put(await keyOf(index), output);
        return output;
      });
    },
    work: (job) => doAstJob(parts, weights, job),
  };
}

/** Distances between teacher and student. */
export function distancesTask(parts: AstParts, weights: AstWeights, samples: SampleSource, inputs: AstTask<AstInput>): AstTask<AstDistances> {
  return {
    prepare: async (index) =>
      goOn(samples.id(index), await inputs.prepare(index), 'distance', (distance, { mask, foreground }) =>
        Promise.resolve({ distance, ...(mask && { mask }), ...(foreground && { foreground }) }),
      ),
    work: (job) => doAstJob(parts, weights, job),
  };
}

/** Goes on from an input to one output more, or computes the input on its way. */
function goOn<Value>(
  id: string,
  input: PreparedInput,
  want: AstOutput,
  finish: (output: Float32Array, input: AstInput) => Promise<Value>,
): Prepared<AstJob, AstJobResult, Value> {
  if ('value' in input) {
    const { value } = input;
    return { job: { id, from: { input: value }, want: [want] }, finish: (result) => finish(wanted(result, want), value) };
  }
  const { job } = input;
  return {
    job: { ...job, want: [...job.want, want] },
    finish: async (result) => finish(wanted(result, want), await input.finish(result)),
  };
}

function wanted(result: AstJobResult, name: AstOutput): Float32Array {
  const output = result[name];
  if (output === undefined) throw new Error(`ast: a job came back without its ${name}`);
  return output;
}
