// @ts-check
// npm run bundle -- backbone|descriptor FILE: puts a network that `blemish distil-pyramid` or `blemish distil --half` made
// among the sources of @blemish/features, where it is the one that comes with the project.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBackbone, readDescriptor } from '@blemish/features';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..');
const [kind = '', file] = process.argv.slice(2);
const readers = { backbone: readBackbone, descriptor: readDescriptor };

try {
  const read = readers[/** @type {keyof typeof readers} */ (kind)];
  if (read === undefined || file === undefined) throw new Error(`expected backbone or descriptor, and a file; got '${process.argv.slice(2).join(' ')}'`);
  const bytes = readFileSync(file);
  read(bytes, file); // refuses what is none
  const path = join('packages', 'features', 'src', 'bundled', `${kind}-file.ts`);
  const lines = bytes.toString('base64').replace(/.{40000}(?=.)/g, "$&' +\n  '");
  writeFileSync(join(root, path), `// Made by \`npm run bundle\` (README.md beside it): not edited by hand.\n/** A safetensors file of ${bytes.length} bytes in base64. */\nexport const ${kind} =\n  '${lines}';\n`);
  console.log(path);
} catch (error) {
  console.error(`bundle: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
