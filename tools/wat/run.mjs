// @ts-check
// npm run wat: assembles every WebAssembly text of the packages into the TypeScript file beside it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble, watFiles } from './assemble.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..');
for (const { text, module } of watFiles(root)) {
  writeFileSync(join(root, module), await assemble(join(root, text)));
  console.log(module);
}
