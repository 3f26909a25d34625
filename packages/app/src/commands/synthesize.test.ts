import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../program.js';
import { temporaryFolder, writeInto } from '../testing/temporary-folder.js';

const folder = temporaryFolder();

/** Runs the command line, and returns what it wrote to standard output. */
async function synthesize(...args: string[]): Promise<string> {
  let out = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  try {
    await createProgram().parseAsync(['synthesize', '--quiet', ...args], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return out;
}

const few = ['--count', '2', '--validation', '0', '--test-good', '1', '--test-per-defect', '1', '--size', '64'];

it('draws what is asked for and says where', async () => {
  const out = join(folder, 'drawn');
  const said = await synthesize('--out', out, '--seed', '3', '--parts', 'gear', '--defects', 'dent,stain', ...few, '--json');
  expect(JSON.parse(said)).toEqual({
    out,
    seed: 3,
    size: 64,
    categories: [{ part: 'gear', folder: join(out, 'gear'), train: 2, validation: 0, test: { good: 1, dent: 1, stain: 1 } }],
  });
  expect(readdirSync(join(out, 'gear')).sort()).toEqual(['test', 'train']);
  expect(readdirSync(join(out, 'gear', 'test')).sort()).toEqual(['dent', 'good', 'stain']);
  expect(await synthesize('--out', out, '--seed', '3', '--parts', 'gear', '--defects', 'dent,stain', ...few)).toBe(`${join(out, 'gear')}\n`);
});

it('says in one line where it cannot draw', async () => {
  const file = writeInto(folder, 'file');
  await expect(synthesize('--out', file, ...few)).rejects.toThrow(`${file}: cannot draw parts there: a part of its path is a file, not a folder`);
});

it.each([
  [['--out', 'x', '--parts', 'nut'], 'Expected some of plate,gear,bottle-cap, each once.'],
  [['--out', 'x', '--size', '32'], 'Expected a whole number from 64 to 4096.'],
  [[], '--out'],
])('refuses %j', async (args, message) => {
  const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  await expect(synthesize(...args)).rejects.toThrow(message);
  silent.mockRestore();
});
