import * as tf from '@tensorflow/tfjs-core';
import { createDescriptor, type Descriptor } from '@blemish/features';
import { getParam, type Params, type ParamSpec, type ParamSpecs } from '@blemish/layers';
import type { NetworkSpecs, NetworkWeights } from '../frame/networks.js';
import type { FieldSettings, FieldSize, UninformedConfig } from './uninformed-config.js';

/** One receptive field: its teacher and students have one architecture. */
export interface Field {
  readonly size: FieldSize;
  readonly settings: FieldSettings;
  readonly descriptor: Descriptor;
  readonly students: number;
}

/** What of a field's weights is used at once. */
export interface FieldWeights {
  readonly teacher: Params;
  /** Of all students, by number and name: `0.conv1.weight`. */
  readonly students: Params;
  readonly statistics: Params;
}

/** The fields of a configuration. */
export function fieldsOf({ teachers, fields, students }: UninformedConfig): readonly Field[] {
  return teachers.receptiveFields.map((size) => ({
    size,
    settings: fields[size],
    descriptor: createDescriptor({ receptiveField: size, ...(size === 65 && { third: teachers.third }) }),
    students,
  }));
}

/** Names of a field's networks in files. */
export function fieldNames({ size }: Pick<Field, 'size'>): { readonly [Name in keyof FieldWeights]: string } {
  return { teacher: `teacher${size}`, students: `students${size}`, statistics: `statistics${size}` };
}

/** What a field is made of, by the names in files. */
export function fieldSpecs(field: Field): NetworkSpecs {
  const { teacher, students, statistics } = fieldNames(field);
  const { specs, channels } = field.descriptor;
  return { [teacher]: specs, [students]: ensembleSpecs(specs, field.students), [statistics]: statisticsSpecs(channels) };
}

/** A field's weights among those of all. */
export function fieldWeights(field: Field, weights: NetworkWeights): FieldWeights {
  const { teacher, students, statistics } = fieldNames(field);
  const of = (name: string): Params => {
    const params = weights[name];
    if (params === undefined) throw new Error(`uninformed-students: expected the weights of ${name}`);
    return params;
  };
  return { teacher: of(teacher), students: of(students), statistics: of(statistics) };
}

/** One student's weights, which share their tensors with the ensemble's. */
export function studentParams({ descriptor }: Field, students: Readonly<Params>, index: number): Params {
  return Object.fromEntries(Object.keys(descriptor.specs).map((name) => [name, getParam(students, `${index}.${name}`)]));
}

/** Descriptors of the teacher, every channel less its mean and by its deviation: `[N,h,w,128]`. */
export function normalisedTeacher({ descriptor }: Field, { teacher, statistics }: FieldWeights, windows: tf.Tensor4D, stride: number): tf.Tensor4D {
  return tf.tidy(() => {
    const raw = descriptor.windows(teacher, windows, stride);
    return tf.div<tf.Tensor4D>(tf.sub(raw, getParam(statistics, 'mean')), getParam(statistics, 'deviation'));
  });
}

function ensembleSpecs(specs: ParamSpecs, students: number): ParamSpecs {
  return Object.fromEntries(Array.from({ length: students }, (_, i) => Object.entries(specs).map(([name, spec]): [string, ParamSpec] => [`${i}.${name}`, spec])).flat());
}

/** The teacher's mean and deviation over good images, and those of both scores over held-out ones. */
function statisticsSpecs(channels: number): ParamSpecs {
  const kept = (length: number, initial: number): ParamSpec => ({ shape: [length], layout: 'plain', trainable: false, initial });
  return { mean: kept(channels, 0), deviation: kept(channels, 1), error: kept(2, 0), variance: kept(2, 0) };
}
