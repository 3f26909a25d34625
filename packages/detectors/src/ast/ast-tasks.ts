import type { ImageTask, Prepared } from '../in-order.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import type { AstParts, AstWeights } from './ast-session.js';
import { doAstJob, jobOf, type AstJob, type AstJobResult, type AstOutput } from './ast-job.js';

/** A value for each image of a source. */
export type AstTask = ImageTask<AstJob, AstJobResult, Float32Array>;

/** Features `[h,w,C]`, from the store where it has them; an image is decoded only where it has not. */
export function featuresTask(parts: AstParts, samples: SampleSource, store: FeatureStore | undefined): AstTask {
  const { key, shape } = parts.extractor;
  const keyOf = async (index: number): Promise<string> => `features/${key}/${await samples.contentKey(index)}`;
  return {
    async prepare(index) {
      const kept = await store?.get(await keyOf(index));
      const [h, w, c] = shape;
      if (kept?.length === h * w * c) return { value: kept };
      return { job: jobOf(await samples.load(index), ['features']) };
    },
    work: (job) => doAstJob(parts, {}, job),
    async finish(index, { features }) {
      const value = wanted(features);
      await store?.put(await keyOf(index), value);
      return value;
    },
  };
}

/** The frozen teacher's outputs `[h,w,C]`, each computed once as long as `scratch` remembers it. */
export function teacherOutputsTask(
  parts: AstParts,
  weights: Pick<AstWeights, 'teacher'>,
  samples: SampleSource,
  features: AstTask,
  scratch: { readonly store: FeatureStore; readonly prefix: string },
): AstTask {
  const keyOf = async (index: number): Promise<string> => `${scratch.prefix}/${await samples.contentKey(index)}`;
  const [h, w, c] = parts.extractor.shape;
  return {
    async prepare(index) {
      const kept = await scratch.store.get(await keyOf(index));
      if (kept?.length === h * w * c) return { value: kept };
      return { job: fromFeatures(samples.id(index), await features.prepare(index), 'teacherOutput') };
    },
    work: (job) => doAstJob(parts, weights, job),
    async finish(index, result) {
      if (result.features !== undefined) await features.finish(index, result);
      const value = wanted(result.teacherOutput);
      await scratch.store.put(await keyOf(index), value);
      return value;
    },
  };
}

/** Distances between teacher and student `[h*w]`. */
export function distancesTask(parts: AstParts, weights: AstWeights, samples: SampleSource, features: AstTask): AstTask {
  return {
    async prepare(index) {
      return { job: fromFeatures(samples.id(index), await features.prepare(index), 'distance') };
    },
    work: (job) => doAstJob(parts, weights, job),
    async finish(index, result) {
      if (result.features !== undefined) await features.finish(index, result);
      return wanted(result.distance);
    },
  };
}

/** A job that goes on from features, or computes them on its way. */
function fromFeatures(id: string, features: Prepared<AstJob, Float32Array>, want: AstOutput): AstJob {
  return 'value' in features ? { id, from: { features: features.value }, want: [want] } : { ...features.job, want: [...features.job.want, want] };
}

function wanted(output: Float32Array | undefined): Float32Array {
  if (output === undefined) throw new Error('ast: a job came back without what was wanted');
  return output;
}
