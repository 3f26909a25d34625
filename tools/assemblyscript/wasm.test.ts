import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '..', '..');
const compiler = pathToFileURL(join(__dirname, 'compile.mjs')).href;

/** The compiler is an ES module that waits at its top, which jest cannot load. */
function run(expression: string): unknown {
  const script = `import { assemblyScripts, compile } from ${JSON.stringify(compiler)};\nconst root = ${JSON.stringify(root)};\nconsole.log(JSON.stringify(${expression}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('AssemblyScript', () => {
  it('is what its compiled modules say', () => {
    const all = run('await Promise.all(assemblyScripts(root).map(async (one) => ({ ...one, text: await compile(root, one.folder) })))');
    expect(all).not.toEqual([]);
    for (const { module, text } of all as { module: string; text: string }[]) expect([module, readFileSync(join(root, module), 'utf8')]).toEqual([module, text]);
  });
});
