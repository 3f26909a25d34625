import { z } from 'zod';
import { readSafetensors, writeSafetensors, type WeightArray } from '@blemish/weights';
import { groupedTensors, parseHeader, splitGroups } from './file-groups.js';

const heatScaleSchema = z.strictObject({ low: z.number(), high: z.number(), from: z.string() });
const thresholdSchema = z.strictObject({
  value: z.number(),
  reduction: z.enum(['mean', 'max']),
  falseAlarms: z.number(),
  images: z.int(),
});

/** What the metadata of every model file says, under the key `blemish`, beside its configuration. */
const commonShape = {
  format: z.literal('blemish-model'),
  version: z.literal(1),
  /** Null where there is none. */
  backbone: z.strictObject({
    name: z.string(),
    /** SHA-256 over the weights up to the last tap. */
    hash: z.string(),
    /** Whether the file holds them. */
    included: z.boolean(),
  }).nullable(),
  heatScale: heatScaleSchema,
  /** Null where no good images were kept out of training. */
  threshold: thresholdSchema.nullable(),
  /** How the files of its samples are read; absent where nobody said. */
  source: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Null where the weights came from a checkpoint of the official code. */
  training: z
    .strictObject({
      images: z.int(),
      batch: z.int(),
      /** The tensor engine that trained it. */
      engine: z.string(),
    })
    .nullable(),
};

const commonSchema = z.strictObject({ ...commonShape, config: z.looseObject({ kind: z.string() }) });

/** The metadata of a model. */
export type ModelHeader<Config = unknown> = Omit<z.infer<typeof commonSchema>, 'config'> & { readonly config: Config };

/** Everything a model file holds, weights by the names of their origin in OIHW. */
export interface ModelContent<Config = unknown> {
  readonly header: ModelHeader<Config>;
  readonly networks: Readonly<Record<string, ReadonlyMap<string, WeightArray>>>;
  /** Absent where the file names the backbone by hash only. */
  readonly backbone: ReadonlyMap<string, WeightArray> | undefined;
}

/** Writes a model as one safetensors file. */
export function writeModel({ header, networks, backbone }: ModelContent): Uint8Array {
  const groups = { ...networks, ...(backbone === undefined ? {} : { backbone }) };
  return writeSafetensors(groupedTensors(groups), { blemish: JSON.stringify(header) });
}

/**
 * The system that made a model file.
 *
 * @throws Error when it is no safetensors file or no model of ours
 */
export function modelKind(bytes: Uint8Array, name = 'model'): string {
  const { metadata } = readSafetensors(bytes, name);
  return parseHeader(metadata['blemish'], commonSchema, 'a Blemish model', name).config.kind;
}

/**
 * Reads a model file.
 *
 * @param configSchema of the system that made it
 * @param networks names of the networks to read, which depend on the configuration
 * @param name what errors call the file
 * @throws Error when it is no safetensors file, no model of ours, of another version or another system
 */
export function readModel<Config>(bytes: Uint8Array, configSchema: z.ZodType<Config>, networks: (config: Config) => readonly string[], name = 'model'): ModelContent<Config> {
  const { tensors, metadata } = readSafetensors(bytes, name);
  const header = parseHeader(metadata['blemish'], z.strictObject({ ...commonShape, config: configSchema }), 'a Blemish model', name) as ModelHeader<Config>;
  const names = networks(header.config);
  const { backbone, ...groups } = splitGroups(tensors, [...names, 'backbone']);
  const missing = names.filter((group) => groups[group] === undefined);
  if (missing.length > 0) throw new Error(`${name}: holds no ${missing.join(' and ')}`);
  if (header.backbone?.included === true && backbone === undefined) throw new Error(`${name}: says that it holds its backbone, but does not`);
  return { header, networks: groups as ModelContent['networks'], backbone: header.backbone?.included === true ? backbone : undefined };
}
