import { createPyramidSystem } from '../stfpm/pyramid-system.js';
import { stfpmPresets } from '../stfpm/stfpm-presets.js';
import { createReverseStudent } from './reverse-student.js';

/** A whole system around another student: all that one takes beside the line in the registry. Its networks train in seconds on any backend. */
export const reverseSystem = createPyramidSystem({
  name: 'reverse',
  title: 'Reverse pyramid',
  presets: {
    tiny: {
      ...stfpmPresets.smoke,
      imageSize: [16, 16],
      epochs: 8,
      batch: 2,
      map: { size: 4, fusion: 'product' },
      score: { reduction: 'max', maxSize: 16 },
    },
  },
  defaultPreset: 'tiny',
  createStudent: createReverseStudent,
});
