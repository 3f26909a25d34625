import { join } from 'node:path';
import { fileReason, readFileFor, readTextFor } from './read-file-for.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();

it('reads bytes and text', async () => {
  const path = writeInto(folder, 'a', 'ä');
  expect([...(await readFileFor(path, 'it'))]).toEqual([0xc3, 0xa4]);
  expect(await readTextFor(path, 'it')).toBe('ä');
});

it('says which file, what for, and why not', async () => {
  const missing = join(folder, 'missing');
  await expect(readFileFor(missing, 'the weights')).rejects.toThrow(`${missing}: cannot read the weights: there is no such file`);
  await expect(readTextFor(folder, 'the list')).rejects.toThrow(`${folder}: cannot read the list: it is a folder`);
  const below = join(writeInto(folder, 'file'), 'x');
  await expect(readTextFor(below, 'the list')).rejects.toThrow('a part of its path is a file, not a folder');
});

it('keeps the cause, and the words of what it does not know', async () => {
  await expect(readFileFor(folder, 'it')).rejects.toMatchObject({ cause: { code: 'EISDIR' } });
  expect(fileReason(Object.assign(new Error('odd'), { code: 'EODD' }))).toBe('odd');
  expect(fileReason(Object.assign(new Error('x'), { code: 'EACCES' }))).toBe('permission denied');
  expect(fileReason('text')).toBe('text');
});
