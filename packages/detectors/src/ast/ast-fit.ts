import { createRandom, disposeParams, initParams, paramsFromArrays } from '@blemish/layers';
import type { FitReport } from '../detector.js';
import type { SampleSource } from '../sample.js';
import { phaseStart } from '../train-epochs.js';
import { openAstSession, type AstFitOptions, type AstParts, type AstSession, type AstWeights } from './ast-session.js';
import { teacherOutputs } from './teacher-outputs.js';
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
export async function fitAst(
  parts: AstParts,
  samples: SampleSource,
  options: AstFitOptions,
): Promise<{ weights: AstWeights; report: FitReport }> {
  const session = await openAstSession(parts, samples, options);
  const { config, batch, losses, seconds } = session;
  const notes =
    batch < config.batch ? [`${samples.length} images are fewer than a batch of ${config.batch}: trained with batches of ${batch}`] : [];
  const weights = startingWeights(session);
  try {
    await session.timed('features', () => {
      samples.prefetch?.(Array.from({ length: samples.length }, (_, index) => index));
      return session.eachImage('features', session.inputs, {});
    });
    if (session.resumed?.header.phase !== 'student') {
      await session.timed('teacher', () => trainTeacher(session, weights));
      await session.checkpoint('student', weights, phaseStart, { steps: 0, arrays: new Map() });
    }
    const outputs = await teacherOutputs(session, weights);
    await session.timed('teacher outputs', () => session.eachImage('teacher outputs', outputs, { teacher: weights.teacher }));
    await session.timed('student', () => trainStudent(session, weights, outputs));
  } catch (error) {
    disposeWeights(weights);
    throw error;
  }
  return { weights, report: { losses, batch, notes, seconds } };
}

/** Frees both networks' weights. */
export function disposeWeights({ teacher, student }: AstWeights): void {
  disposeParams(teacher);
  disposeParams(student);
}

/** Weights of the checkpoint, else drawn from the seed. */
function startingWeights({ config, networks, resumed }: AstSession): AstWeights {
  const random = createRandom(config.seed).derive('weights');
  const { teacher, student } = networks;
  return {
    teacher: resumed ? paramsFromArrays(resumed.teacher, teacher.specs) : initParams(teacher.specs, random.derive('teacher')),
    student: resumed?.student
      ? paramsFromArrays(resumed.student, student.specs)
      : initParams(student.specs, random.derive('student')),
  };
}
