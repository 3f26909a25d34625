import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { drawnParts, drawnPartsOptions, drawParts } from './drawn-parts.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();

it('draws what its options name, and says where', async () => {
  const terminal = recordedTerminal();
  await drawParts(folder, 3, terminal);
  const { data, category } = drawnPartsOptions(folder, 3);
  expect(readdirSync(join(data, category as string, 'train', 'good'))).toHaveLength(drawnParts.train);
  expect(terminal.remarks()).toEqual([`images: drew 24 good parts to train on and 20 to test on in ${data}`]);
});

it('says in one line where it cannot draw', async () => {
  const file = writeInto(folder, 'file');
  await expect(drawParts(file, 3, recordedTerminal())).rejects.toThrow(
    `${join(file, 'drawn-parts-seed3')}: cannot draw parts there: a part of its path is a file, not a folder`,
  );
});
