import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { transformSync } from '@swc/core';
import { firstExample } from '../pack/first-example.js';
import { root, workspacePackages } from '../pack/workspace-packages.js';

// Inside the checkout, so that packages are found by name; their builds are run, by plain Node.
const scratch = join(root, 'node_modules', '.cache', 'blemish-readme');

beforeAll(() => mkdirSync(scratch, { recursive: true }));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it.each(workspacePackages().map(({ folder, manifest }) => [manifest.name, folder] as const))(
  'the example in the README of %s runs and prints',
  (_name, folder) => {
    const { code } = transformSync(firstExample(join(folder, 'README.md')), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    const file = join(scratch, `${basename(folder)}.mjs`);
    writeFileSync(file, code);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: scratch, encoding: 'utf8' });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim()).not.toBe('');
  },
);
