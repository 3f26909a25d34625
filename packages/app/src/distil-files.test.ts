import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDistilFiles, type DistilFiles, type DistilMode, type LossRow } from './distil-files.js';
import { exitCodeOf } from './errors.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';
import { withCleanup } from './with-cleanup.js';

const root = temporaryFolder();
let folders = 0;
let folder = '';
beforeEach(() => (folder = join(root, String(folders++))));
const out = (): string => join(folder, 'd.safetensors');

const table = { counted: 'step', across: 'steps', losses: ['knowledge', 'compactness', 'triplet'] } as const;

/** Opens the files and lets go of them. */
const opened = (mode: DistilMode = {}): Promise<DistilFiles<LossRow<'step', 'knowledge' | 'compactness' | 'triplet'>>> =>
  withCleanup((defer) => openDistilFiles(out(), mode, table, defer));

async function expectRefusal(mode: DistilMode, code: number, message: string): Promise<void> {
  const error: unknown = await opened(mode).then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect([exitCodeOf(error), (error as Error).message]).toEqual([code, message]);
  expect(existsSync(join(folder, '.d.safetensors.lock'))).toBe(false);
}

const bytes = Uint8Array.of(1, 2, 3);
const losses = [{ step: 20, knowledge: 200, compactness: 8 }, { step: 40, knowledge: 20, compactness: 4 }];

it('keeps a checkpoint with the losses so far, and at the end the descriptor without it', async () => {
  const files = await opened();
  expect(files.resumeFrom).toBeUndefined();
  await files.keep(bytes, losses.slice(0, 1));
  expect(readdirSync(folder).sort()).toEqual(['checkpoint', 'losses.csv', 'losses.svg'].map((ending) => `d.safetensors.${ending}`));
  expect(readFileSync(files.csv, 'utf8')).toBe('step,knowledge,compactness\n20,200,8\n');
  expect(new Uint8Array((await opened({ resume: true })).resumeFrom ?? [])).toEqual(bytes);

  await files.finish(bytes, losses);
  expect(readdirSync(folder).sort()).toEqual(['d.safetensors', 'd.safetensors.losses.csv', 'd.safetensors.losses.svg']);
  expect(readFileSync(files.csv, 'utf8')).toBe('step,knowledge,compactness\n20,200,8\n40,20,4\n');
  expect(readFileSync(files.svg, 'utf8')).toContain('>knowledge<');
});

it('writes the columns that it is told of', async () => {
  const files = await withCleanup((defer) => openDistilFiles(out(), {}, { counted: 'epoch', across: 'epochs', losses: ['loss'] }, defer));
  await files.keep(bytes, []);
  expect(readFileSync(files.csv, 'utf8')).toBe('epoch\n');
  await files.keep(bytes, [{ epoch: 1, loss: 0.5 }, { epoch: 2, loss: 0.25 }]);
  expect(readFileSync(files.csv, 'utf8')).toBe('epoch,loss\n1,0.5\n2,0.25\n');
  for (const label of ['>epochs<', '>loss<']) expect(readFileSync(files.svg, 'utf8')).toContain(label);
});

it('replaces neither a descriptor nor a checkpoint unasked', async () => {
  writeInto(folder, 'd.safetensors', 'old');
  await expectRefusal({}, 1, `${out()}: is there; take another --out, or --force to replace it`);
  await expectRefusal({ resume: true }, 1, `${out()}: is there, finished; take another --out, or --force to replace it`);
  writeInto(folder, 'd.safetensors.checkpoint', 'state');
  await expectRefusal({}, 1, `${out()}.checkpoint: an unfinished run is there: --resume goes on with it, --force starts over`);
  expect(readFileSync(out(), 'utf8')).toBe('old');
  expect((await opened({ force: true })).resumeFrom).toBeUndefined();
});

it('goes on with a run that was to replace a descriptor', async () => {
  writeInto(folder, 'd.safetensors', 'old');
  await (await opened({ force: true })).keep(bytes, losses);
  const files = await opened({ resume: true });
  expect(new Uint8Array(files.resumeFrom ?? [])).toEqual(bytes);
  await files.finish(bytes, losses);
  expect(new Uint8Array(readFileSync(out()))).toEqual(bytes);
});

it('refuses to resume nothing, to resume and replace at once, and a folder as file', async () => {
  await expectRefusal({ resume: true }, 1, `${out()}.checkpoint: expected a checkpoint to go on from, there is none; without --resume the run begins`);
  await expectRefusal({ resume: true, force: true }, 2, '--resume: goes on with what is there, --force replaces it; give one of them');
  writeInto(folder, 'd.safetensors/inside');
  await expectRefusal({ force: true }, 2, `--out: ${out()} is a folder, expected a file's name`);
});

it('is for one process at a time', async () => {
  await withCleanup(async (defer) => {
    await openDistilFiles(out(), {}, table, defer);
    await expect(withCleanup((later) => openDistilFiles(out(), {}, table, later))).rejects.toThrow(`${out()}: process ${process.pid} on `);
  });
  expect(readdirSync(folder)).toEqual([]);
});
