import { describeTraining } from './describe-training.js';

const run = { run: 'r/run', model: 'r/run/model.safetensors', modality: 'rgb', images: 24, threshold: undefined, falseAlarms: 0.05, seconds: { teacher: 40, student: 25.2 } } as const;

it('says how good, how long, where everything is and what to do with it', () => {
  const evaluation = { measured: { values: {}, missing: {}, byDefect: {} }, metrics: {}, summary: 'metrics:\n  x 1', places: ['metrics: r/run/metrics.json', 'maps:    r/run/maps/parts'] };
  expect(describeTraining({ ...run, evaluation }).split('\n')).toEqual([
    'metrics:',
    '  x 1',
    'trained on 24 images in 1:05',
    'model:   r/run/model.safetensors',
    'metrics: r/run/metrics.json',
    'maps:    r/run/maps/parts',
    'use it:  npx blemish predict r/run IMAGE_OR_FOLDER',
  ]);
});

it('says how to name the parts that the model looks at', () => {
  const next = (modality: 'depth' | 'rgb+depth'): string | undefined => describeTraining({ ...run, modality, evaluation: undefined }).split('\n').at(-1);
  expect(next('depth')).toBe('use it:  npx blemish predict r/run --depth CLOUD_OR_FOLDER');
  expect(next('rgb+depth')).toBe('use it:  npx blemish predict r/run IMAGE_OR_FOLDER --depth CLOUD_OR_FOLDER');
});

it('says so where there was nothing to test on', () => {
  expect(describeTraining({ ...run, evaluation: undefined })).toContain('metrics: none, for want of images to test on');
});

it('says what a threshold promises, and what it would take to promise more', () => {
  const threshold = { value: 0.83456, reduction: 'mean', falseAlarms: 0.2, images: 4 } as const;
  expect(describeTraining({ ...run, threshold, evaluation: undefined })).toContain(
    'threshold: 0.8346, at most 20 % false alarms, from 4 good images; 5 % wants 19 images kept out',
  );
  const kept = { ...threshold, falseAlarms: 0.05, images: 19 };
  expect(describeTraining({ ...run, threshold: kept, evaluation: undefined })).toMatch(/at most 5 % false alarms, from 19 good images$/m);
});
