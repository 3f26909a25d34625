import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDemoFolder } from './open-demo-folder.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();

it('makes the folder, and lets one at a time have it', async () => {
  const out = join(folder, 'new/demo');
  const release = await openDemoFolder(out, false);
  await expect(openDemoFolder(out, true)).rejects.toThrow(`${out}: process ${process.pid} on `);
  await release();
  await (await openDemoFolder(out, false))();
  expect(readdirSync(out)).toEqual([]);
});

it('removes an earlier demo when told to, and nothing beside it', async () => {
  const out = join(folder, 'earlier');
  for (const name of ['demo.json', 'parts/gear/train/good/rgb/000.png', 'ast/parts/gear/x/model.safetensors', 'pictures/dent.png', 'notes.txt']) writeInto(out, name);
  await expect(openDemoFolder(out, false)).rejects.toThrow(`${out}: an earlier demo is there; take another --out, or --force to replace it`);
  expect(existsSync(join(out, 'pictures/dent.png'))).toBe(true);
  await (await openDemoFolder(out, true))();
  expect(readdirSync(out)).toEqual(['demo.json', 'notes.txt']);
});

it('never touches a folder that is not a demo’s', async () => {
  const out = join(folder, 'other');
  writeInto(out, 'parts/mine.png');
  for (const force of [false, true]) {
    await expect(openDemoFolder(out, force)).rejects.toThrow(`--out: ${out} holds other things than a demo's; take another folder`);
  }
  expect(readdirSync(out)).toEqual(['parts']);
});

it('says in one line where it cannot be made', async () => {
  const file = writeInto(folder, 'file');
  await expect(openDemoFolder(join(file, 'demo'), false)).rejects.toThrow(`${join(file, 'demo')}: cannot make the folder: a part of its path is a file, not a folder`);
});
