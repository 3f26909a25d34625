import { hashWeights } from '@blemish/features';
import { paramsToArrays } from '@blemish/layers';
import type { AstSession, AstWeights } from './ast-session.js';
import { teacherOutputsTask, type AstTask } from './ast-tasks.js';

/** The frozen teacher's outputs of a session's images, each computed once as long as its scratch store remembers it. */
export async function teacherOutputs(session: AstSession, weights: AstWeights): Promise<AstTask<Float32Array>> {
  const { extractor, depth, networks, samples, options, inputs } = session;
  const hash = await hashWeights(await paramsToArrays(weights.teacher, networks.teacher.specs));
  const scratch = { store: options.scratch ?? options.store, prefix: `teacher/${hash}/${[extractor?.key, depth?.key].filter((key) => key !== undefined).join('/')}` };
  return teacherOutputsTask(session, weights, samples, inputs, scratch);
}
