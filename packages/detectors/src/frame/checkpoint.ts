import { z } from 'zod';
import { readSafetensors, writeSafetensors, type WeightArray } from '@blemish/weights';
import { groupedTensors, parseHeader, splitGroups } from './file-groups.js';
import type { NetworkArrays } from './networks.js';

const headerSchema = z.strictObject({
  format: z.literal('blemish-checkpoint'),
  version: z.literal(1),
  /** Held to the run's own, not read. */
  config: z.unknown(),
  /** The tensor engine it was made on: another one would go on with other bits. */
  engine: z.string(),
  /** Hash of what was trained on. */
  data: z.string(),
  /** Hash of frozen weights that are learned from, which no checkpoint holds; absent where there are none. */
  teacher: z.string().optional(),
  phase: z.string(),
  position: z.strictObject({ epoch: z.int(), step: z.int(), lossSum: z.number() }),
  /** Steps that the optimiser of this phase has taken. */
  optimizerSteps: z.int(),
  /** Seconds spent in each phase so far, by all processes that worked on the run. */
  seconds: z.record(z.string(), z.number()),
  losses: z.array(z.strictObject({ phase: z.string(), epoch: z.int(), loss: z.number() })),
});

/** What a checkpoint says of the run it belongs to. */
export type CheckpointHeader = z.infer<typeof headerSchema>;

type Arrays = ReadonlyMap<string, WeightArray>;

/** A training run at one step: with the images, all it needs to go on with the same bits. */
export interface Checkpoint {
  readonly header: Omit<CheckpointHeader, 'format' | 'version'>;
  /** Weights of the networks that have learned or learn. */
  readonly networks: Readonly<Record<string, Arrays>>;
  /** The optimiser's moments for the network that learns. */
  readonly optimizer: Arrays;
}

/** A phase in which something learns. */
export interface LearningPhase {
  /** Its name in progress, losses and checkpoints. */
  readonly name: string;
  /** The networks that a checkpoint of it holds: what learned before, and what learns now. */
  readonly holds: readonly string[];
}

/** Writes a checkpoint as one safetensors file. */
export function writeCheckpoint({ header, networks, optimizer }: Omit<Checkpoint, 'networks' | 'optimizer'> & { readonly networks: NetworkArrays; readonly optimizer: NetworkArrays[string] }): Uint8Array {
  const full: CheckpointHeader = { format: 'blemish-checkpoint', version: 1, ...header };
  return writeSafetensors(groupedTensors({ ...networks, optimizer }), { blemish: JSON.stringify(full) });
}

/** What must be equal for a run to go on from a checkpoint. */
export type RunIdentity = Pick<CheckpointHeader, 'config' | 'data' | 'engine' | 'teacher'>;

/**
 * Reads a checkpoint and holds it to the run that wants to go on from it.
 *
 * @throws Error when the file is damaged, or belongs to another configuration, other images, other frozen weights or another
 *   engine
 */
export function readCheckpoint(bytes: Uint8Array, { config, data, engine, teacher }: RunIdentity, phases: readonly LearningPhase[]): Checkpoint {
  const name = 'checkpoint';
  const { tensors, metadata } = readSafetensors(bytes, name);
  const header = parseHeader(metadata['blemish'], headerSchema, 'a Blemish checkpoint', name);
  const other = differingSetting(header.config, config);
  if (other !== undefined) throw new Error(`${name}: belongs to another configuration, '${other}' differs; resume with what it began with`);
  if (header.engine !== engine) throw new Error(`${name}: was made on ${header.engine}, this is ${engine}; resume on the same engine`);
  if (header.data !== data) throw new Error(`${name}: belongs to other training images; resume with the images it began with`);
  if (header.teacher !== teacher) throw new Error(`${name}: belongs to other weights of the network that is learned from; resume with those it began with`);
  const phase = phases.find((known) => known.name === header.phase);
  const networks: Record<string, Arrays> = {};
  for (const group of phase?.holds ?? []) {
    const arrays = splitGroups(tensors, [group])[group];
    if (arrays !== undefined) networks[group] = arrays;
  }
  if (phase === undefined || Object.keys(networks).length < phase.holds.length) throw new Error(`${name}: is incomplete`);
  return { header, networks, optimizer: splitGroups(tensors, ['optimizer']).optimizer ?? new Map() };
}

/** The name of the first setting in which two configurations differ. */
export function differingSetting(one: unknown, other: unknown): string | undefined {
  const [a, b] = [one, other].map((config) => Object(config) as Readonly<Record<string, unknown>>) as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
  return Object.keys({ ...a, ...b }).find((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
}
