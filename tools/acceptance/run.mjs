// @ts-check
// node tools/acceptance/run.mjs NAME [options]: one line of "what it must show", checked with the built command.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildState } from './lib/build-state.mjs';

const folder = new URL('./', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
  .map((file) => file.slice(0, -'.mjs'.length))
  .sort();
const [name = '', ...args] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`acceptance: expected one of ${names.join(', ')}, got '${name}'`);
  process.exit(2);
}
process.argv.splice(1, process.argv.length, fileURLToPath(new URL(`./${name}.mjs`, folder)), ...args);
const build = buildState();
try {
  await import(new URL(`./${name}.mjs`, folder).href);
} catch (error) {
  console.error(`acceptance: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
if (buildState() !== build) {
  console.error('acceptance: the packages were built anew while this ran; what it found holds for neither build');
  process.exitCode = 1;
}
