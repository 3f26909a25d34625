import { hashWeights } from '@blemish/features';
import { featureCount } from '../extract-features.js';
import type { NetworkArrays, NetworkWeights } from '../frame/networks.js';
import type { PartArrays } from '../frame/part-job.js';
import { furtherTask, keptTask, mappedTask, type KeptArray, type PartTask, type PartWork } from '../frame/part-tasks.js';
import type { FeatureStore, SampleSource } from '../sample.js';
import { joinInput, type AstInput } from './ast-input.js';
import { doAstJob } from './ast-job.js';
import type { AstParts } from './ast-parts.js';

/** Distances `[h*w]`, weighted, with what they were weighted by and what they are cut to. */
export interface AstDistances extends Omit<AstInput, 'x'> {
  readonly distance: Float32Array;
}

/** What an input is joined from, from the store where it has it. */
function inputArrays(parts: AstParts, samples: SampleSource, store: FeatureStore | undefined, work: PartWork): PartTask<PartArrays> {
  const { extractor, depth } = parts;
  const kept: readonly KeptArray[] = [
    ...(extractor === undefined ? [] : [{ name: 'features', key: `features/${extractor.key}`, of: 'image', length: featureCount(extractor), store } as const]),
    ...(depth === undefined ? [] : [{ name: 'depth', key: `depth/${depth.key}`, of: 'depth', length: depth.length, store } as const]),
  ];
  return keptTask(kept, samples, work);
}

/** What both networks take. */
export function inputsTask(parts: AstParts, samples: SampleSource, store: FeatureStore | undefined): PartTask<AstInput> {
  return mappedTask(
    inputArrays(parts, samples, store, (job) => doAstJob(parts, {}, job)),
    (known) => joinInput(parts, known),
  );
}

/**
 * The frozen teacher's outputs `[h,w,C]`, each computed once as long as `scratch` remembers it.
 *
 * @param teacher its weights as files hold them, which name the outputs
 */
export async function teacherOutputsTask(
  parts: AstParts,
  weights: NetworkWeights,
  { teacher }: NetworkArrays,
  samples: SampleSource,
  { store, scratch }: { readonly store: FeatureStore; readonly scratch: FeatureStore },
): Promise<PartTask<Float32Array>> {
  const { extractor, depth } = parts;
  const work: PartWork = (job) => doAstJob(parts, weights, job);
  const [h, w, c] = parts.shape;
  const prefix = `teacher/${await hashWeights(teacher ?? new Map())}/${[extractor?.key, depth?.key].filter((key) => key !== undefined).join('/')}`;
  const keyOf = async (index: number): Promise<string> => `${prefix}/${await samples.contentKey(index)}`;
  const outputs = furtherTask(inputArrays(parts, samples, store, work), samples, 'teacherOutput', work, async (output, _, index) => {
    await scratch.put(await keyOf(index), output);
    return output;
  });
  return {
    async prepare(index) {
      const kept = await scratch.get(await keyOf(index));
      return kept?.length === h * w * c ? { value: kept } : outputs.prepare(index);
    },
    work,
  };
}

/** Distances between teacher and student. */
export function distancesTask(parts: AstParts, weights: NetworkWeights, samples: SampleSource, store: FeatureStore | undefined): PartTask<AstDistances> {
  const work: PartWork = (job) => doAstJob(parts, weights, job);
  return furtherTask(inputArrays(parts, samples, store, work), samples, 'distance', work, (distance, known) => {
    const { mask, foreground } = joinInput(parts, known);
    return Promise.resolve({ distance, ...(mask && { mask }), ...(foreground && { foreground }) });
  });
}
