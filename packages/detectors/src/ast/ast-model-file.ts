import { z } from 'zod';
import type { WeightArray } from '@blemish/weights';
import { readSafetensors, writeSafetensors } from '@blemish/weights';
import type { Modality } from '@blemish/depth';
import type { ModelSource } from '../detector.js';
import { astConfigSchema, type DepthConfig } from './ast-config.js';

const heatScaleSchema = z.strictObject({ low: z.number(), high: z.number(), from: z.string() });
const thresholdSchema = z.strictObject({
  value: z.number(),
  reduction: z.enum(['mean', 'max']),
  falseAlarms: z.number(),
  images: z.int(),
});

/** What the metadata of an AST model file says, under the key `blemish`. */
const headerSchema = z.strictObject({
  format: z.literal('blemish-model'),
  version: z.literal(1),
  config: astConfigSchema,
  /** Null where no images are looked at. */
  backbone: z.strictObject({
    name: z.string(),
    /** SHA-256 over the weights up to the tap. */
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
});

/** The metadata of an AST model. */
export type AstModelHeader = z.infer<typeof headerSchema>;

/** Everything an AST model file holds, weights by the names of their origin in OIHW. */
export interface AstModelContent {
  readonly header: AstModelHeader;
  readonly teacher: ReadonlyMap<string, WeightArray>;
  readonly student: ReadonlyMap<string, WeightArray>;
  /** Absent where the file names the backbone by hash only. */
  readonly backbone: ReadonlyMap<string, WeightArray> | undefined;
}

/** Writes a model as one safetensors file. */
export function writeAstModel({ header, teacher, student, backbone }: AstModelContent): Uint8Array {
  const groups = { teacher, student, ...(backbone === undefined ? {} : { backbone }) };
  return writeSafetensors(groupedTensors(groups), { blemish: JSON.stringify(header) });
}

/**
 * Reads a model file.
 *
 * @param name what errors call the file
 * @throws Error when it is no safetensors file, no model of ours, or of another version
 */
export function readAstModel(bytes: Uint8Array, name = 'model'): AstModelContent {
  const { tensors, metadata } = readSafetensors(bytes, name);
  const header = parseHeader(metadata['blemish'], headerSchema, 'a Blemish model', name);
  const { teacher, student, backbone } = splitGroups(tensors, ['teacher', 'student', 'backbone']);
  if (teacher === undefined || student === undefined) throw new Error(`${name}: holds no teacher and student`);
  if (header.backbone?.included === true && backbone === undefined) throw new Error(`${name}: says that it holds its backbone, but does not`);
  return { header, teacher, student, backbone: header.backbone?.included === true ? backbone : undefined };
}

/** What a model file says about the files it takes; no engine need run to read it. */
export interface ModelFacts {
  readonly modality: Modality;
  /** What it makes of a depth map; null where it looks at none. */
  readonly depth: DepthConfig | null;
  /** What `toBytes` was told about the files of its samples. */
  readonly source: ModelSource | undefined;
}

/**
 * What the model of a file looks at, and how its samples were read.
 *
 * @throws Error as {@link readAstModel}
 */
export function modelFacts(bytes: Uint8Array, name = 'model'): ModelFacts {
  const { config, source } = readAstModel(bytes, name).header;
  return { modality: config.modality, depth: config.depth, source };
}

/** `group/name` for every tensor of every group. */
export function groupedTensors(groups: Readonly<Record<string, ReadonlyMap<string, WeightArray>>>): [string, WeightArray][] {
  return Object.entries(groups).flatMap(([group, tensors]) =>
    [...tensors].map(([name, array]): [string, WeightArray] => [`${group}/${name}`, array]),
  );
}

/** Undoes {@link groupedTensors} for the groups asked for; one without tensors is absent. */
export function splitGroups<G extends string>(
  tensors: ReadonlyMap<string, WeightArray>,
  groups: readonly G[],
): Partial<Record<G, ReadonlyMap<string, WeightArray>>> {
  const split: Partial<Record<G, Map<string, WeightArray>>> = {};
  for (const group of groups) {
    const prefix = `${group}/`;
    const own = [...tensors].filter(([name]) => name.startsWith(prefix));
    if (own.length > 0) split[group] = new Map(own.map(([name, array]) => [name.slice(prefix.length), array]));
  }
  return split;
}

/** Parses and checks a JSON header. */
export function parseHeader<T>(text: string | undefined, schema: z.ZodType<T>, what: string, name: string): T {
  if (text === undefined) throw new Error(`${name}: expected ${what}, got a safetensors file without its metadata`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name}: expected ${what}, but its metadata is not JSON`, { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${name}: expected ${what}; its metadata '${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'is not valid'}`, {
    cause: result.error,
  });
}
