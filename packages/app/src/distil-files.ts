import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readIfExists, takeLock, toCsv, writeAtomic } from '@blemish/storage';
import { UsageError } from './errors.js';
import { lossesSvg } from './losses-svg.js';
import type { Defer } from './with-cleanup.js';

/** The table of a run's losses. */
export interface LossTable<Counted extends string, Loss extends string> {
  /** The column that counts, and what it counts, as the picture says. */
  readonly counted: Counted;
  readonly across: string;
  /** The columns of losses; one that no record has is left out. */
  readonly losses: readonly Loss[];
}

/** One line of the table. */
export type LossRow<Counted extends string, Loss extends string> = Readonly<Record<Counted, number> & Partial<Record<Loss, number | undefined>>>;

/** The files of a distillation: the network that is made, and what stands beside it. */
export interface DistilFiles<Row> {
  readonly out: string;
  /** Where checkpoints go. */
  readonly checkpoint: string;
  readonly csv: string;
  readonly svg: string;
  /** The checkpoint to go on from. */
  readonly resumeFrom: Uint8Array | undefined;
  /** Replaces the checkpoint, and the losses so far. */
  keep(checkpoint: Uint8Array, losses: readonly Row[]): Promise<void>;
  /** Writes network and losses, and removes the checkpoint. */
  finish(network: Uint8Array, losses: readonly Row[]): Promise<void>;
}

/** What to do about files that are there. */
export interface DistilMode {
  /** Goes on from the checkpoint. */
  readonly resume?: boolean | undefined;
  /** Replaces what is there. */
  readonly force?: boolean | undefined;
}

/**
 * Makes sure of the files before any work: nobody else writes them, and none is replaced unasked.
 *
 * @throws UsageError for options that do not go together; Error for a file or a checkpoint that is in the way, none to resume,
 *   or another process at work
 */
export async function openDistilFiles<Counted extends string, Loss extends string>(
  out: string,
  { resume = false, force = false }: DistilMode,
  table: LossTable<Counted, Loss>,
  defer: Defer,
): Promise<DistilFiles<LossRow<Counted, Loss>>> {
  if (resume && force) throw new UsageError('--resume: goes on with what is there, --force replaces it; give one of them');
  const [checkpoint, csv, svg] = ['checkpoint', 'losses.csv', 'losses.svg'].map((ending) => `${out}.${ending}`) as [string, string, string];
  await mkdir(dirname(out), { recursive: true }).catch((cause: unknown) => {
    throw new UsageError(`--out: cannot make the folder ${dirname(out)}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  const lock = await takeLock(join(dirname(out), `.${basename(out)}.lock`));
  if (lock.kind === 'owner') throw new Error(`${out}: process ${lock.pid} on ${lock.host} works on it since ${lock.since}`);
  defer(lock.release);

  const there = await stat(out).catch(() => undefined);
  if (there?.isDirectory()) throw new UsageError(`--out: ${out} is a folder, expected a file's name`);
  const found = force ? undefined : await readIfExists(checkpoint);
  // A checkpoint beside a network is of a run that was to replace it.
  if (found !== undefined && !resume) throw new Error(`${checkpoint}: an unfinished run is there: --resume goes on with it, --force starts over`);
  if (found === undefined && !force && there !== undefined) throw new Error(`${out}: is there${resume ? ', finished' : ''}; take another --out, or --force to replace it`);
  if (found === undefined && resume) throw new Error(`${checkpoint}: expected a checkpoint to go on from, there is none; without --resume the run begins`);

  async function writeLosses(rows: readonly LossRow<Counted, Loss>[]): Promise<void> {
    const { counted, across, losses } = table;
    const columns = losses.filter((loss) => rows.some((row) => row[loss] !== undefined));
    await writeAtomic(csv, toCsv<Counted | Loss>([counted, ...columns], rows));
    const lines = columns.map((name) => ({ name, points: rows.map((row) => [row[counted], row[name] ?? NaN] as const) }));
    await writeAtomic(svg, lossesSvg(lines, across));
  }

  return {
    out,
    checkpoint,
    csv,
    svg,
    resumeFrom: found,
    async keep(bytes, losses) {
      await writeAtomic(checkpoint, bytes);
      await writeLosses(losses);
    },
    async finish(network, losses) {
      await writeLosses(losses);
      await writeAtomic(out, network);
      await rm(checkpoint, { force: true });
    },
  };
}
