import { z } from 'zod';
import { bundledDescriptor } from '@blemish/features';
import { adamSchema } from '../frame/adam-schema.js';
import { weightOrigins } from '../frame/weight-origins.js';

const count = z.int().positive();

/** Sides of the patches that there are networks for. */
export const receptiveFields = [17, 33, 65] as const;

/** How one receptive field's students are trained and asked. */
const fieldSchema = z.strictObject({
  /**
   * Edge of the windows that a step sees of each image, in pixels, anywhere in the image reflected at its edges; null: the
   * whole image.
   */
  window: count.nullable(),
  /** Pixels between the positions that are trained on; of whole images, a divisor of their sides. */
  trainStride: count,
  /** Pixels between the positions that are scored. */
  scoreStride: count,
  /** Passes over the images. */
  epochs: count,
});

/** How one receptive field's students are trained and asked. */
export type FieldSettings = z.infer<typeof fieldSchema>;

/** Configuration of Uninformed Students: one value, kept whole in the model file. Every preset spells it out (`uninformed-presets.ts`). */
export const uninformedConfigSchema = z
  .strictObject({
    kind: z.literal('uninformed-students'),
    /** Name of the preset it began as. */
    preset: z.string().min(1),
    /** The seed of every draw: the students' weights, order of images, windows, held-out images, random teachers. */
    seed: z.int().min(0).max(2 ** 32 - 1),
    modality: z.literal('rgb'),
    /** Height and width that images are resized to, as PIL does: multiples of all strides that are scored at. */
    imageSize: z.tuple([count, count]),
    /** The teachers are descriptor networks of their own: no backbone is kept with the model. */
    backbone: z.null(),
    teachers: z.strictObject({
      /** One for each, which are asked together. */
      receptiveFields: z.array(z.union([z.literal(17), z.literal(33), z.literal(65)])).min(1),
      /** Channels of the third convolution of the one for 65. */
      third: z.union([z.literal(128), z.literal(256)]),
      /** Where the weights come from: descriptor files, the seed, or the packages. */
      weights: z.enum(weightOrigins),
    }),
    fields: z.strictObject({ 17: fieldSchema, 33: fieldSchema, 65: fieldSchema }),
    /** Students of each receptive field. */
    students: count,
    /** Images in a step. */
    batch: count,
    optimizer: adamSchema,
    /** Share of the good images that is not trained on; what both scores are there makes them comparable. */
    heldOut: z.number().gt(0).lt(1),
    /**
     * Pixels between the values of the map that the receptive fields are put together at: at most those between the
     * positions that are scored, none of which may be lost.
     */
    mapStride: count,
    score: z.strictObject({
      reduction: z.enum(['mean', 'max']),
      /** Edge of the square map whose maximum is the score `max`. */
      maxSize: count,
      /** What maps are made of: the students' error, their disagreement, or both. */
      of: z.enum(['both', 'error', 'variance']),
    }),
    /** Share of false alarms that the threshold is set for, where good images were kept out of training. */
    falseAlarms: z.number().gt(0).lt(1),
  })
  .superRefine(({ teachers, fields, imageSize, mapStride }, context) => {
    const refuse = (path: (string | number)[], message: string): void => context.addIssue({ code: 'custom', path, message });
    if (new Set(teachers.receptiveFields).size < teachers.receptiveFields.length) refuse(['teachers', 'receptiveFields'], `expected each once, got ${teachers.receptiveFields.join(', ')}`);
    const refuseStride = (stride: number, path: (string | number)[]): void => {
      if (imageSize.some((side) => side % stride !== 0)) refuse(path, `expected a divisor of the image's ${imageSize.join('x')} pixels, got ${stride}`);
    };
    const { receptiveField } = bundledDescriptor;
    if (teachers.weights === 'bundled' && teachers.receptiveFields.some((field) => field !== receptiveField)) {
      refuse(['teachers', 'receptiveFields'], `expected ${receptiveField}, that of the bundled descriptor, got ${teachers.receptiveFields.join(', ')}`);
    }
    refuseStride(mapStride, ['mapStride']);
    for (const field of teachers.receptiveFields) {
      const { window, trainStride, scoreStride } = fields[field];
      refuseStride(scoreStride, ['fields', field, 'scoreStride']);
      if (window === null) refuseStride(trainStride, ['fields', field, 'trainStride']); // the same squares as those that are scored
      if (mapStride > scoreStride) refuse(['mapStride'], `expected at most the scoreStride of each field, ${scoreStride} for ${field}, got ${mapStride}`);
      const most = Math.min(...imageSize) + field - 1;
      if (window !== null && (window < field || window > most)) refuse(['fields', field, 'window'], `expected ${field} to ${most} pixels, got ${window}`);
      if (Math.min(...imageSize) <= (field - 1) / 2) refuse(['imageSize'], `expected more than ${(field - 1) / 2} pixels for a receptive field of ${field}, got ${imageSize.join('x')}`);
    }
  });

/** Configuration of Uninformed Students. */
export type UninformedConfig = z.infer<typeof uninformedConfigSchema>;

/** Side of a patch. */
export type FieldSize = UninformedConfig['teachers']['receptiveFields'][number];
