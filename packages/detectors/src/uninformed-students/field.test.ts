import type * as tf from '@tensorflow/tfjs-core';
import { tinyUninformedConfig } from '../testing/tiny-uninformed.js';
import { fieldsOf, fieldSpecs, studentParams } from './field.js';

it('has students of one architecture, told apart by their number', () => {
  const [field] = fieldsOf(tinyUninformedConfig()) as [ReturnType<typeof fieldsOf>[0]];
  const specs = fieldSpecs(field);
  expect(Object.keys(specs)).toEqual(['teacher33', 'students33', 'statistics33']);
  const own = Object.keys(specs['teacher33'] ?? {});
  expect(Object.keys(specs['students33'] ?? {})).toEqual([...own.map((name) => `0.${name}`), ...own.map((name) => `1.${name}`)]);
  const named = Object.fromEntries(Object.keys(specs['students33'] ?? {}).map((name) => [name, name as unknown as tf.Tensor]));
  expect(Object.entries(studentParams(field, named, 1))).toEqual(own.map((name) => [name, `1.${name}`]));
});
