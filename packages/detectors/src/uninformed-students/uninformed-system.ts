import { bundledDescriptor, loadBundledDescriptor, seededWeights, type NamedWeights } from '@blemish/features';
import { upsampleBilinear } from '@blemish/raster';
import { createPartHelper } from '../frame/call-helpers.js';
import { createDetector } from '../frame/create-detector.js';
import type { DetectorParts } from '../frame/detector-parts.js';
import { loadDetectorParts } from '../frame/load-detector-parts.js';
import { readModel } from '../frame/model-file.js';
import { scoredPart } from '../frame/scored-part.js';
import type { CreateOptions, DetectorSystem, TeacherFile } from '../system.js';
import { fieldNames, fieldsOf, fieldSpecs, type Field } from './field.js';
import { fitUninformed } from './fit-uninformed.js';
import { uninformedConfigSchema, type UninformedConfig } from './uninformed-config.js';
import { doUninformedJob, mapSize, mapsTask, type UninformedParts } from './uninformed-job.js';
import { resolveUninformedConfig, uninformedPresetNames } from './uninformed-presets.js';

/** Uninformed Students (Bergmann, Fauser, Sattlegger and Steger, CVPR 2020). */
export const uninformedSystem: DetectorSystem<UninformedConfig> = {
  name: 'uninformed-students',
  title: 'Uninformed Students',
  presets: uninformedPresetNames,
  defaultPreset: 'quick',
  configSchema: uninformedConfigSchema,
  resolve: resolveUninformedConfig,
  withBackbone() {
    throw new Error('uninformed students learn from descriptor networks; name their files with --teacher');
  },
  withTeachers(teachers) {
    const thirds = teachers.flatMap(({ descriptor }) => descriptor.third ?? []);
    return { teachers: { receptiveFields: teachers.map(({ descriptor }) => descriptor.receptiveField), weights: 'pretrained', ...(thirds[0] && { third: thirds[0] }) } };
  },
  withBundled: ({ preset }) => (preset === 'paper' ? undefined : { teachers: { receptiveFields: [bundledDescriptor.receptiveField], weights: 'bundled' } }),
  create: async (options) => createDetector(prepare(options.config, await teacherWeights(options)), undefined),
  load(bytes, options = {}) {
    const content = readModel(bytes, uninformedConfigSchema, (config) => Object.keys(networksOf(fieldsOf(config))), options.name);
    const { config } = content.header;
    const teachers = Object.fromEntries(fieldsOf(config).map((field) => [fieldNames(field).teacher, content.networks[fieldNames(field).teacher] ?? new Map()]));
    return loadDetectorParts(content, options, true, () => Promise.resolve(prepare(config, teachers)));
  },
  createHelper(parts) {
    const config = uninformedConfigSchema.parse(parts.config);
    const built = { config, fields: fieldsOf(config) };
    return createPartHelper({ networks: networksOf(built.fields), work: (weights, job) => doUninformedJob(built, weights, job), dispose: () => undefined }, parts);
  },
};

/** The parts of a detector; the teachers are among the weights. */
function prepare(config: UninformedConfig, teachers: Readonly<Record<string, NamedWeights>>): DetectorParts<Float32Array> {
  const parts: UninformedParts = { config, fields: fieldsOf(config) };
  return {
    config,
    inputSize: config.imageSize,
    pixels: config.imageSize[0] * config.imageSize[1],
    networks: networksOf(parts.fields),
    backbone: undefined,
    fit: (samples, options) => fitUninformed(parts, teachers, samples, options),
    rawTask: (weights, samples) => mapsTask(parts, weights, samples),
    score: (id, map, size) => scoredPart(id, { values: map, enlarge: (edges) => upsampleBilinear(map, [...mapSize(config)], edges) }, config.score, size),
    heatOf: (map) => map,
    dispose: () => undefined,
  };
}

function networksOf(fields: readonly Field[]): DetectorParts['networks'] {
  return Object.assign({}, ...fields.map(fieldSpecs)) as DetectorParts['networks'];
}

/** A teacher for each receptive field: from the files, drawn from the seed, or the bundled one. */
async function teacherWeights({ config, teachers = [] }: CreateOptions<UninformedConfig>): Promise<Readonly<Record<string, NamedWeights>>> {
  const { weights: origin } = config.teachers;
  const given = origin === 'bundled' ? [{ ...(await loadBundledDescriptor()), source: 'bundled descriptor' }] : teachers;
  const drawn = ({ size, descriptor }: Field): NamedWeights => seededWeights({ name: `descriptor-${size}`, weightSpecs: descriptor.specs }, config.seed).weights;
  return Object.fromEntries(fieldsOf(config).map((field) => [fieldNames(field).teacher, origin === 'random' ? drawn(field) : teacherFor(field, given).weights]));
}

function teacherFor({ size, descriptor }: Field, teachers: readonly TeacherFile[]): TeacherFile {
  const found = teachers.find((teacher) => teacher.descriptor.receptiveField === size);
  if (found === undefined) throw new Error(`uninformed-students: expected a teacher with a receptive field of ${size}, got ${teachers.length === 0 ? 'none' : `only ${teachers.map((given) => given.descriptor.receptiveField).join(', ')}`}`);
  if (found.descriptor.third !== descriptor.third) throw new Error(`${found.source}: expected a third convolution of ${descriptor.third} channels, has ${found.descriptor.third}`);
  return found;
}
