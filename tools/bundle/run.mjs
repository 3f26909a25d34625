// @ts-check
// npm run bundle -- backbone|descriptor FILE: puts a network that `blemish distil-pyramid` or `blemish distil --half` made
// among the sources of @blemish/features, where it is the one that comes with the project.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledBackbone, bundledDescriptor, readBackbone, readDescriptor } from '@blemish/features';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..');
const [kind = '', file] = process.argv.slice(2);
/** @type {Record<string, (bytes: Uint8Array, file: string) => [wanted: unknown, got: unknown]>} */
const readers = {
  backbone: (bytes, name) => [bundledBackbone.name, readBackbone(bytes, name).name],
  descriptor: (bytes, name) => [bundledDescriptor.receptiveField, readDescriptor(bytes, name).descriptor.receptiveField],
};

try {
  const read = readers[kind];
  if (read === undefined || file === undefined) throw new Error(`expected backbone or descriptor, and a file; got '${process.argv.slice(2).join(' ')}'`);
  const bytes = readFileSync(file);
  const [wanted, got] = read(bytes, file);
  if (wanted !== got) throw new Error(`${file}: expected ${wanted} (bundled-networks.ts), got ${got}`);
  const path = join('packages', 'features', 'src', 'bundled', `${kind}-file.ts`);
  const lines = bytes.toString('base64').replace(/.{40000}(?=.)/g, "$&' +\n  '");
  writeFileSync(join(root, path), `// Made by \`npm run bundle\` (README.md beside it): not edited by hand.\n/** A safetensors file of ${bytes.length} bytes in base64. */\nexport const ${kind} =\n  '${lines}';\n`);
  console.log(path);
} catch (error) {
  console.error(`bundle: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
