import { z } from 'zod';
import type { FloatArray } from '@blemish/layers';
import { readSafetensors, writeSafetensors, type WeightArray } from '@blemish/weights';
import { differingSetting } from '../frame/checkpoint.js';
import { groupedTensors, parseHeader, splitGroups } from '../frame/file-groups.js';
import type { DistilConfig } from './distil-config.js';

const lossFields = { knowledge: z.number().optional(), compactness: z.number().optional(), triplet: z.number().optional() };

const headerSchema = z.strictObject({
  format: z.literal('blemish-distillation'),
  version: z.literal(1),
  /** Held to the run's own, not read. */
  config: z.unknown(),
  /** The tensor engine it was made on: another one would go on with other bits. */
  engine: z.string(),
  /** Hash of the images. */
  data: z.string(),
  /** Name of the backbone and hash of its weights. */
  backbone: z.string(),
  /** Steps taken. */
  step: z.int(),
  losses: z.strictObject({ records: z.array(z.strictObject({ step: z.int(), ...lossFields })), pending: z.int(), sums: z.strictObject(lossFields) }),
  /** Seconds spent so far, by all processes that worked on the run. */
  seconds: z.number(),
});

/** What a checkpoint says of the run it belongs to. */
export type DistilHeader = Omit<z.infer<typeof headerSchema>, 'format' | 'version'>;

/** A distillation at one step: with the images and the backbone, all it needs to go on with the same bits. */
export interface DistilCheckpoint {
  readonly header: DistilHeader;
  /** Descriptor and decoder. */
  readonly weights: ReadonlyMap<string, WeightArray>;
  /** The optimiser's moments. */
  readonly optimizer: ReadonlyMap<string, WeightArray>;
}

/** Writes a checkpoint as one safetensors file. */
export function writeDistilCheckpoint(header: DistilHeader, weights: ReadonlyMap<string, FloatArray>, optimizer: ReadonlyMap<string, FloatArray>): Uint8Array {
  const full = { format: 'blemish-distillation', version: 1, ...header };
  return writeSafetensors(groupedTensors({ weights, optimizer }), { blemish: JSON.stringify(full) });
}

/** What must be equal for a run to go on from a checkpoint. */
export type DistilIdentity = Pick<DistilHeader, 'engine' | 'data' | 'backbone'> & { readonly config: DistilConfig };

/**
 * Reads a checkpoint and holds it to the run that wants to go on from it.
 *
 * @throws Error when the file is damaged, or belongs to another configuration, images, backbone or engine
 */
export function readDistilCheckpoint(bytes: Uint8Array, { config, engine, data, backbone }: DistilIdentity): DistilCheckpoint {
  const name = 'checkpoint';
  const { tensors, metadata } = readSafetensors(bytes, name);
  const header = parseHeader(metadata['blemish'], headerSchema, 'a checkpoint of a distillation', name);
  const other = differingSetting(header.config, config);
  if (other !== undefined) {
    const [began, now] = [header.config, config].map((each) => JSON.stringify((Object(each) as Readonly<Record<string, unknown>>)[other]));
    throw new Error(`${name}: belongs to another configuration: ${other} was ${began}, is ${now}; resume with the settings it began with`);
  }
  if (header.engine !== engine) throw new Error(`${name}: was made on ${header.engine}, this is ${engine}; resume on the same engine`);
  if (header.backbone !== backbone) throw new Error(`${name}: belongs to another backbone; resume with the weights it began with`);
  if (header.data !== data) throw new Error(`${name}: belongs to other images; resume with the images it began with`);
  const { weights, optimizer } = splitGroups(tensors, ['weights', 'optimizer']);
  if (weights === undefined) throw new Error(`${name}: is incomplete`);
  return { header, weights, optimizer: optimizer ?? new Map() };
}
