import { disposeParams } from '@blemish/layers';
import type { DetectorParts } from '../frame/detector-parts.js';
import { callHelpers } from '../frame/call-helpers.js';
import { runFit, type Fitted, type StoredFitOptions } from '../frame/fit-session.js';
import { splitImages, type ImageSplit } from '../frame/split-images.js';
import type { SampleSource } from '../sample.js';
import { refuseCollapsed } from './collapse.js';
import { pyramidArrays, type PyramidParts } from './pyramid-parts.js';
import type { PyramidConfig } from './pyramid-config.js';
import { trainPyramidStudent } from './train-pyramid-student.js';

/**
 * Trains the student on good images. The teacher's maps, and the images as networks take them, are computed once.
 *
 * @throws Error without images, for a loss that is not finite, for a checkpoint of another run, for a student that
 *   collapsed; the signal's reason
 */
export async function fitPyramid(parts: PyramidParts & Pick<DetectorParts, 'networks' | 'backbone' | 'pixels'>, samples: SampleSource, options: StoredFitOptions): Promise<Fitted> {
  const { config } = parts;
  const { specs } = parts.student;
  const names = config.selection === 'last' ? ['student'] : ['student', 'best'];
  const split = splitOf(config, samples.length);
  const plan = {
    config,
    networks: Object.fromEntries(names.map((name) => [name, specs])),
    phases: [{ name: 'student', holds: names }],
    teacher: parts.backbone?.hash,
    trained: split.train.length,
  };
  const { weights, report } = await runFit(plan, samples, options, async (session) => {
    const arrays = pyramidArrays(parts, samples, { input: options.scratch ?? options.store, features: options.store });
    await session.timed('features', () => {
      samples.prefetch?.(Array.from({ length: samples.length }, (_, index) => index));
      const open = callHelpers(options.helpers, parts, {}, samples.length);
      return session.eachImage('features', arrays, open);
    });
    const notes = await session.timed('student', () => trainPyramidStudent(parts, session, arrays, split));
    await refuseCollapsed(parts, session.weights, arrays, split);
    return notes;
  });
  const { best, ...kept } = weights;
  if (best !== undefined) disposeParams(best);
  return { weights: kept, report };
}

/** Divides images as a configuration asks for, by its seed. */
export function splitOf({ selection, seed }: Pick<PyramidConfig, 'selection' | 'seed'>, count: number): ImageSplit {
  if (selection === 'last') return splitImages(0, seed, count);
  const kept = Math.round(selection.heldOut * count);
  if (kept === 0 || kept === count) throw new Error(`fit: expected more good images to hold ${selection.heldOut} of them out, got ${count}`);
  return splitImages(kept, seed, count);
}
