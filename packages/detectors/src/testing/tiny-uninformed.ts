import { createDescriptor, seededWeights } from '@blemish/features';
import type { TeacherFile } from '../system.js';
import type { UninformedConfig } from '../uninformed-students/uninformed-config.js';
import { resolveUninformedConfig } from '../uninformed-students/uninformed-presets.js';

/** A configuration whose steps see one patch an image, and whose maps have four positions: for images as `squareSource` has them. */
export function tinyUninformedConfig(...overrides: readonly unknown[]): UninformedConfig {
  const field = { trainStride: 1, scoreStride: 16, epochs: 2 };
  return resolveUninformedConfig(
    'smoke',
    {
      imageSize: [32, 32],
      teachers: { receptiveFields: [17] },
      fields: { 17: { ...field, window: 17 }, 33: { ...field, window: 33 } },
      heldOut: 0.4,
      mapStride: 16,
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
