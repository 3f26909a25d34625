import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble, watFiles } from './assemble.mjs';

const root = join(__dirname, '..', '..');

describe('WebAssembly texts', () => {
  it.each(watFiles(root))('$module is what $text says', async ({ text, module }) => {
    expect(readFileSync(join(root, module), 'utf8')).toBe(await assemble(join(root, text)));
  });
});
