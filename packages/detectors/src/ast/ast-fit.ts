import type { DetectorParts } from '../frame/detector-parts.js';
import { callHelpers } from '../frame/call-helpers.js';
import { runFit, type Fitted, type StoredFitOptions } from '../frame/fit-session.js';
import { networkArrays, type NetworkWeights } from '../frame/networks.js';
import { phaseStart } from '../frame/train-epochs.js';
import type { InOrderOptions } from '../in-order.js';
import type { SampleSource } from '../sample.js';
import { astNetworkSpecs } from './ast-networks.js';
import { learned } from './ast-job.js';
import type { AstParts } from './ast-parts.js';
import { inputsTask, teacherOutputsTask } from './ast-tasks.js';
import { trainStudent } from './train-student.js';
import { trainTeacher } from './train-teacher.js';

/**
 * Trains teacher, then student (Rudolph et al., WACV 2023, sections 3.2 and 3.3). Features and, once the teacher is
 * frozen, its outputs are computed once an image.
 *
 * @param samples good images
 * @returns the weights, owned by the caller, and the report
 * @throws Error without images, for a loss that is not finite, for a checkpoint of another run; the signal's reason
 */
export function fitAst(parts: AstParts & Pick<DetectorParts, 'backbone' | 'pixels'>, samples: SampleSource, options: StoredFitOptions): Promise<Fitted> {
  const { config } = parts;
  const specs = astNetworkSpecs(parts.networks);
  const open = (weights: NetworkWeights): InOrderOptions['open'] => callHelpers(options.helpers, { ...parts, networks: specs }, weights, samples.length);
  const phases = [
    { name: 'teacher', holds: ['teacher'] },
    { name: 'student', holds: ['teacher', 'student'] },
  ];
  return runFit({ config, networks: specs, phases, teacher: parts.backbone?.hash }, samples, options, async (session) => {
    const { weights } = session;
    const inputs = inputsTask(parts, samples, options.store);
    await session.timed('features', () => {
      samples.prefetch?.(Array.from({ length: samples.length }, (_, index) => index));
      return session.eachImage('features', inputs, open({}));
    });
    if (!session.isOver('teacher')) {
      await session.timed('teacher', () => trainTeacher(parts, session, inputs));
      await session.checkpoint('student', phaseStart);
    }
    const scratch = options.scratch ?? options.store;
    const outputs = await teacherOutputsTask(parts, weights, await networkArrays(specs, weights, ['teacher']), samples, { store: options.store, scratch });
    await session.timed('teacher outputs', () => session.eachImage('teacher outputs', outputs, open({ teacher: learned(weights, 'teacher') })));
    await session.timed('student', () => trainStudent(parts, session, inputs, outputs));
    return [];
  });
}
