// Runs jest over everything and closes with one plain line, taken from jest's own json report.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'blemish-jest-'));
const report = join(folder, 'report.json');
try {
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const run = spawnSync(process.execPath, [jest, '--json', `--outputFile=${report}`, ...process.argv.slice(2)], {
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  process.exitCode = run.status ?? 1;
  if (!existsSync(report)) throw new Error(`jest ended without a report, exit code ${run.status}: see above`);
  const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites, numPendingTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  if (numRuntimeErrorTestSuites > 0) console.log(`${numRuntimeErrorTestSuites} of ${numFailedTestSuites} failing suites did not start`);
  const shared = process.env.BLEMISH_SHARED ?? join('..', 'shared');
  if (!existsSync(shared)) console.log(`the golden suites skip: their material is not in ${shared} (BLEMISH_SHARED names another place)`);
  console.log(`${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed, ${numPendingTests} skipped`);
} catch (error) {
  console.error(error.message);
  process.exitCode ||= 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
