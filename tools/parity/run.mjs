// Runs the golden suites and writes docs/parity.md from the errors they report. Further arguments go to jest.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const suites = readdirSync(join(root, 'packages'), { recursive: true })
  .filter((path) => path.endsWith('.test.ts') && !/(^|\/)(node_modules|dist)\//.test(path))
  .map((path) => join(root, 'packages', path))
  .filter((path) => readFileSync(path, 'utf8').includes('describeShared'));

const folder = mkdtempSync(join(tmpdir(), 'blemish-parity-'));
const errors = join(folder, 'errors.jsonl');
try {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const run = spawnSync(process.execPath, [jest, '--rootDir', root, '--runTestsByPath', ...suites, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, BLEMISH_ERRORS: errors },
    stdio: 'inherit',
  });
  if (run.status !== 0) throw new Error('a golden suite failed: docs/parity.md stays as it is');
  if (!existsSync(errors)) throw new Error('no golden suite compared anything: are the golden files there?');
  const table = spawnSync(process.execPath, [fileURLToPath(new URL('table.mjs', import.meta.url)), errors], { encoding: 'utf8' });
  if (table.status !== 0) throw new Error(table.stderr.trim());
  writeFileSync(join(root, 'docs', 'parity.md'), table.stdout);
  console.log('docs/parity.md written');
} catch (error) {
  console.error(`parity: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
