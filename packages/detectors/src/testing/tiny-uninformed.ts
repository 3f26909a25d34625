import { createDescriptor, seededWeights } from '@blemish/features';
import type { TeacherFile } from '../system.js';
import type { UninformedConfig } from '../uninformed-students/uninformed-config.js';
import { resolveUninformedConfig } from '../uninformed-students/uninformed-presets.js';

/** A configuration whose steps see one patch an image, and whose maps are of 2 by 1 positions: any backend but cpu fits it in seconds. */
export function tinyUninformedConfig(...overrides: readonly unknown[]): UninformedConfig {
  const field = { trainStride: 1, scoreStride: 32, epochs: 2 };
  return resolveUninformedConfig(
    'smoke',
    {
      imageSize: [64, 32],
      fields: { 17: { ...field, window: 17 }, 33: { ...field, window: 33 } },
      heldOut: 0.4,
      mapStride: 32,
      score: { maxSize: 32 },
    },
    ...overrides,
  );
}

/** A random teacher, as if it came out of a file. */
export function seededTeacher(receptiveField: 17 | 33, seed: number): TeacherFile {
  const descriptor = createDescriptor({ receptiveField });
  return { descriptor, weights: seededWeights({ name: 'teacher', weightSpecs: descriptor.specs }, seed).weights, source: `teacher${receptiveField}.safetensors` };
}
