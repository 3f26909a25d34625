import { createPyramidSystem } from './pyramid-system.js';
import { stfpmPresets } from './stfpm-presets.js';
import { createStfpmStudent } from './stfpm-student.js';

/** Student-teacher feature pyramid matching (Wang, Han, Ding and Huang, BMVC 2021). */
export const stfpmSystem = createPyramidSystem({
  name: 'stfpm',
  title: 'STFPM',
  presets: stfpmPresets,
  defaultPreset: 'quick',
  createStudent: createStfpmStudent,
});
