// @ts-check
// npm run wasm: compiles the AssemblyScript of the packages into TypeScript files among their sources.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemblyScripts, compile } from './compile.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..');
for (const { folder, module } of assemblyScripts(root)) {
  writeFileSync(join(root, module), await compile(root, folder));
  console.log(module);
}
