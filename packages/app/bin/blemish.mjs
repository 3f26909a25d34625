#!/usr/bin/env node
// Committed, so that npm finds it when it links `blemish`; the program itself is built by `npm run build`.
import { existsSync } from 'node:fs';

// Whoever reads the output may leave early (`| head`): no more results are then wanted; progress is only lost.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.stderr.on('error', () => undefined);

const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(program)) {
  process.exitCode = await (await import(program.href)).main(process.argv.slice(2));
} else {
  console.error('blemish: not built yet: run "npm run build" where you cloned it');
  process.exitCode = 1;
}
