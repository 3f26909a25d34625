import { z } from 'zod';
import { readSafetensors, writeSafetensors, type WeightArray } from '@blemish/weights';
import { fitPhases } from '../detector.js';
import { astConfigSchema } from './ast-config.js';
import { groupedTensors, parseHeader, splitGroups } from './ast-model-file.js';

const headerSchema = z.strictObject({
  format: z.literal('blemish-checkpoint'),
  version: z.literal(1),
  config: astConfigSchema,
  /** The tensor engine it was made on: another one would go on with other bits. */
  engine: z.string(),
  /** Hash of what was trained on. */
  data: z.string(),
  phase: z.enum(['teacher', 'student']),
  position: z.strictObject({ epoch: z.int(), step: z.int(), lossSum: z.number() }),
  /** Steps that the optimiser of this phase has taken. */
  optimizerSteps: z.int(),
  /** Seconds spent in each phase so far, by all processes that worked on the run. */
  seconds: z.partialRecord(z.enum(fitPhases), z.number()),
  losses: z.array(z.strictObject({ phase: z.enum(['teacher', 'student']), epoch: z.int(), loss: z.number() })),
});

/** What a checkpoint says of the run it belongs to. */
export type AstCheckpointHeader = z.infer<typeof headerSchema>;

type Arrays = ReadonlyMap<string, WeightArray>;

/** A training run at one step: with the images, all it needs to go on with the same bits. */
export interface AstCheckpoint {
  readonly header: Omit<AstCheckpointHeader, 'format' | 'version'>;
  readonly teacher: Arrays;
  /** Absent while the teacher learns. */
  readonly student: Arrays | undefined;
  /** The optimiser's moments for the network that learns. */
  readonly optimizer: Arrays;
}

/** Writes a checkpoint as one safetensors file. */
export function writeAstCheckpoint({ header, teacher, student, optimizer }: AstCheckpoint): Uint8Array {
  const groups = { teacher, optimizer, ...(student === undefined ? {} : { student }) };
  const full: AstCheckpointHeader = { format: 'blemish-checkpoint', version: 1, ...header };
  return writeSafetensors(groupedTensors(groups), { blemish: JSON.stringify(full) });
}

/** What must be equal for a run to go on from a checkpoint. */
export type RunIdentity = Pick<AstCheckpointHeader, 'config' | 'data' | 'engine'>;

/**
 * Reads a checkpoint and holds it to the run that wants to go on from it.
 *
 * @throws Error when the file is damaged, or belongs to another configuration, other images or another engine
 */
export function readAstCheckpoint(bytes: Uint8Array, { config, data, engine }: RunIdentity): AstCheckpoint {
  const name = 'checkpoint';
  const { tensors, metadata } = readSafetensors(bytes, name);
  const header = parseHeader(metadata['blemish'], headerSchema, 'a Blemish checkpoint', name);
  if (JSON.stringify(header.config) !== JSON.stringify(config)) throw new Error(`${name}: belongs to another configuration`);
  if (header.engine !== engine) throw new Error(`${name}: was made on ${header.engine}, this is ${engine}; resume on the same engine`);
  if (header.data !== data) throw new Error(`${name}: belongs to other training images; resume with the images it began with`);
  const { teacher, student, optimizer } = splitGroups(tensors, ['teacher', 'student', 'optimizer']);
  if (teacher === undefined || (header.phase === 'student') !== (student !== undefined)) {
    throw new Error(`${name}: is incomplete`);
  }
  return { header, teacher, student, optimizer: optimizer ?? new Map() };
}
