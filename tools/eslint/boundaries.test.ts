import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const nx = '@nx/enforce-module-boundaries';
const imports = 'no-restricted-imports';

/** Where the import stands, what it says, and the rule that must object; null where it is allowed. */
const cases: readonly (readonly [filePath: string, code: string, rule: string | null])[] = [
  // pure < tensors < model < app, and pure < io < app
  ['packages/metrics/src/x.ts', "export * from '@blemish/engine';", nx],
  ['packages/raster/src/x.ts', "export * from '@blemish/images';", nx],
  ['packages/layers/src/x.ts', "export * from '@blemish/detectors';", nx],
  ['packages/flow/src/x.ts', "export * from '@blemish/storage';", nx],
  ['packages/images/src/x.ts', "export * from '@blemish/engine';", nx],
  ['packages/storage/src/x.ts', "export * from '@blemish/detectors';", nx],
  ['packages/detectors/src/x.ts', "export * from '@blemish/storage';", nx],
  ['packages/detectors/src/x.ts', "export * from '@blemish/datasets';", nx],
  ['packages/detectors/src/x.ts', "export * from 'blemish';", nx],
  ['packages/detectors/src/x.test.ts', "import { startRun } from '@blemish/storage'; startRun();", nx],
  ['packages/engine/src/x.ts', "export * from '@blemish/layers';", nx], // layers imports engine: a circle
  ['packages/metrics/src/x.ts', "export * from '../../raster/src/index.js';", nx],
  ['packages/metrics/src/x.ts', "export const load = () => import('@blemish/engine');", nx],
  ['packages/metrics/src/x.ts', "export * from 'sharp';", nx], // not in its package.json
  ['packages/detectors/src/x.ts', "export * from '@blemish/flow';", null],
  ['packages/app/src/x.ts', "export * from '@blemish/storage';", null],
  ['packages/datasets/src/x.ts', "export * from '@blemish/raster';", null],
  ['packages/metrics/src/x.ts', "export * from './auroc.js';", null],
  // what also runs in a browser
  ['packages/metrics/src/x.ts', "export * from 'node:fs';", imports],
  ['packages/weights/src/x.ts', "export * from 'node:fs/promises';", imports],
  ['packages/layers/src/x.ts', "export * from 'crypto';", imports],
  ['packages/detectors/src/x.ts', "export * from 'node:worker_threads';", imports],
  ['packages/engine/src/x.ts', "export * from 'node:os';", imports],
  ['packages/flow/src/x.ts', "export const load = () => import('node:fs');", 'no-restricted-syntax'],
  ['packages/flow/src/x.ts', 'export const name = process.title;', 'no-restricted-globals'],
  ['packages/engine/src/node/x.ts', "export * from 'node:os';", null],
  ['packages/storage/src/x.ts', "export * from 'node:fs';", null],
  ['packages/metrics/src/x.test.ts', "export * from 'node:fs';", null],
  // tests and what is published
  ['packages/metrics/src/x.test.ts', "export * from '@blemish-tools/jest'; export * from 'fast-check';", null],
  ['packages/metrics/src/x.ts', "export * from '@blemish-tools/jest';", imports],
  ['packages/storage/src/x.ts', "export * from 'fast-check';", imports],
  ['packages/layers/src/x.ts', 'export const draw = (): number => Math.random();', 'no-restricted-properties'],
];

let answers: { ruleId: string | null; message: string }[][] = [];

beforeAll(() => {
  // A process of its own: the configuration is an ES module that awaits. Nx's cache is fresh, as in a clean clone.
  const cache = mkdtempSync(join(tmpdir(), 'blemish-nx-'));
  try {
    const run = spawnSync(process.execPath, [join(__dirname, 'lint-texts.mjs')], {
      input: JSON.stringify(cases.map(([filePath, code]) => ({ filePath, code: `${code}\n` }))),
      cwd: join(__dirname, '..', '..'),
      env: { ...process.env, NX_WORKSPACE_DATA_DIRECTORY: cache },
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
    answers = JSON.parse(run.stdout) as typeof answers;
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
});

it.each(cases.map((row, i) => [...row, i] as const))('%s: %s gives %s', (_path, _code, rule, i) => {
  const rules = answers[i]?.map(({ ruleId }) => ruleId);
  expect(rules).toEqual(rule === null ? [] : expect.arrayContaining([rule]));
});

it('names the circle of packages', () => {
  const circle = cases.findIndex(([path, code]) => path.startsWith('packages/engine') && code.includes('@blemish/layers'));
  expect(answers[circle]?.[0]?.message).toContain('Circular dependency between "@blemish/engine" and "@blemish/layers"');
});
