import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256 } from './hash.mjs';
import { run } from './run.mjs';
import { pythonTag, tensorflowVersion, wheels } from './versions.mjs';

/**
 * A wheel of TensorFlow on this machine's disk, its hash checked.
 *
 * @param {string} folder where a download goes
 * @param {string | undefined} given a file that the user has already
 * @param {(line: string) => void} say
 * @returns {Promise<{ path: string, name: string, sha256: string }>}
 */
export async function fetchWheel(folder, given, say) {
  const wanted = wheels[`${process.platform}-${process.arch}`];
  if (wanted === undefined) {
    throw new Error(`no TensorFlow wheel is known to serve ${process.platform}-${process.arch}; known: ${Object.keys(wheels).join(', ')}`);
  }
  if (given !== undefined && !existsSync(given)) throw new Error(`--wheel: there is no file ${given}`);
  const path = given ?? (await download(folder, wanted, say));
  const name = basename(path);
  const digest = await sha256(path);
  if (digest !== wanted.sha256) {
    const line = `${name} has SHA-256 ${digest}, the one known here is ${wanted.sha256 ?? 'none'}`;
    // A download has to be the known one; a file that the user chose is the user's word, and its parts are checked.
    if (given === undefined && wanted.sha256 !== undefined) throw new Error(line);
    say(line);
  }
  return { path, name, sha256: digest };
}

/**
 * @param {string} folder
 * @param {import('./versions.mjs').Wheel} wheel
 * @param {(line: string) => void} say
 */
async function download(folder, wheel, say) {
  const requirement = `${wheel.project}==${tensorflowVersion}`;
  const name = `${wheel.project.replace('-', '_')}-${tensorflowVersion}-cp${pythonTag}-cp${pythonTag}-${wheel.platform}.whl`;
  const pip = await findPip(`${requirement} (${name}, from https://pypi.org/project/${wheel.project}/${tensorflowVersion}/#files)`);
  say(`pip downloads ${requirement} (about 270 MB)`);
  const target = join(folder, 'wheel');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const requirements = join(target, 'requirements.txt');
  // With a hash in the requirements pip takes no other file.
  writeFileSync(requirements, `${requirement}${wheel.sha256 === undefined ? '' : ` --hash=sha256:${wheel.sha256}`}\n`);
  // pip's own temporary files stand here too: /tmp may be small, and their size shows how far it is.
  const progress = setInterval(() => say(`pip: ${Math.round(folderSize(target) / 1e6)} MB`), 5000);
  await run(pip, [
    '-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--progress-bar=off',
    `--platform=${wheel.platform}`, `--python-version=${pythonTag}`, '--implementation=cp', `--abi=cp${pythonTag}`,
    '--dest', target, '--requirement', requirements,
  ], { env: { ...process.env, TMPDIR: target } }).finally(() => clearInterval(progress));
  const file = readdirSync(target).find((entry) => entry.endsWith('.whl'));
  if (file === undefined) throw new Error(`pip said that it downloaded ${requirement}, but no wheel is in ${target}`);
  return join(target, file);
}

/** @param {string} folder */
function folderSize(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, String(name)), { throwIfNoEntry: false }))
    .reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0);
}

/** @param {string} what */
async function findPip(what) {
  for (const python of ['python3', 'python']) {
    try {
      await run(python, ['-m', 'pip', '--version']);
      return python;
    } catch {
      // The next one.
    }
  }
  throw new Error(`Python with pip is needed to fetch ${what}; or give that file with --wheel FILE`);
}
