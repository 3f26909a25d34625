import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstExample } from './first-example.js';
import { installPacked, link } from './install-packed.js';
import { root, workspacePackages } from './workspace-packages.js';

const packages = workspacePackages();
const entries = packages.flatMap(({ manifest }) => Object.keys(manifest.exports).map((path) => manifest.name + path.slice(1)));

let store = '';
let consumer = '';
let placed = new Map<string, string>();

beforeAll(() => {
  store = realpathSync(mkdtempSync(join(tmpdir(), 'blemish-pack-')));
  placed = installPacked(packages, store);
  consumer = join(store, 'consumer');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  for (const [name, folder] of placed) link(folder, join(consumer, 'node_modules', name));
  for (const name of ['@tensorflow/tfjs-core', 'ndarray', '@types/ndarray', '@types/node', 'undici-types']) {
    link(join(root, 'node_modules', name), join(consumer, 'node_modules', name));
  }
});

afterAll(() => rmSync(store, { recursive: true, force: true }));

describe.each(packages.map(({ manifest }) => manifest.name))('%s', (name) => {
  it('packs its build, README and licence, and no test', () => {
    const folder = placed.get(name) as string;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']));
    const allowed = /^(LICENSE|(src\/bundled\/)?README\.md|package\.json|bin\/[\w-]+\.mjs|dist\/.+\.(js|d\.ts|json|wasm))$/;
    expect(files.filter((file) => !allowed.test(file) || /\.test\.|(^|\/)testing\//.test(file))).toEqual([]);
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
  });
});

it.each(entries)('an ES module imports %s', (entry) => {
  const code = `const exported = await import('${entry}'); if (Object.keys(exported).length === 0) throw new Error('exports nothing');`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: consumer, encoding: 'utf8' });
  expect(run.stderr).not.toMatch(/Error/);
  expect(run.status).toBe(0);
});

it('gives a strict consumer types, and the README examples check against them', () => {
  const all = entries.map((entry, i) => `import * as m${i} from '${entry}';\nexport const k${i}: PropertyKey[] = Object.keys(m${i});\n`);
  writeFileSync(join(consumer, 'all.ts'), all.join(''));
  const examples = packages.map(({ folder, manifest }, i) => {
    writeFileSync(join(consumer, `readme-${i}.ts`), firstExample(join(folder, 'README.md')));
    return `readme-${i}.ts is the example of ${manifest.name}`;
  });
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2023'],
    types: ['node'],
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  };
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', consumer, '--pretty', 'false'], { cwd: store, encoding: 'utf8' });
  // Third-party declarations want a browser's types and more; what counts is what stands in the store: ours.
  const ours = stdout.split('\n').filter((line) => /^\S.*error TS\d+:/.test(line) && !line.startsWith('..'));
  expect({ errors: ours, examples }).toEqual({ errors: [], examples });
});
