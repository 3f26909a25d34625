// @ts-check
// npm run bench:peer [-- --python PYTHON] [--force]: what the bench compares with, in a virtual environment of its own.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { cacheFolder } from './lib/paths.mjs';
import { completionMark, findPeer, interpreter, peerFolder, requirements } from './lib/peer.mjs';

const usage = `npm run bench:peer -- [--python PYTHON] [--force]

  --python PYTHON   which Python to make the environment of (default: python3)
  --force           make it anew, even where it is complete`;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`bench:peer: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function main() {
  let values;
  try {
    ({ values } = parseArgs({
      options: { python: { type: 'string', default: 'python3' }, force: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    }));
  } catch (error) {
    console.error(`bench:peer: ${error instanceof Error ? error.message : error}`);
    return 2;
  }
  if (values.help) return console.log(usage), 0;
  const cache = await cacheFolder();
  const folder = peerFolder(cache);
  if (!values.force && !process.env['BLEMISH_BENCH_PYTHON'] && findPeer(cache).python) return console.log(`bench:peer: ${folder} is complete`), 0;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  console.log(`bench:peer: making ${folder}`);
  must(values.python, ['-m', 'venv', folder]);
  must(interpreter(folder), ['-m', 'pip', 'install', '--disable-pip-version-check', '--requirement', requirements]);
  must(interpreter(folder), ['-c', 'import torch, torchvision, sklearn, scipy, safetensors, PIL; print("PyTorch", torch.__version__)']);
  copyFileSync(requirements, completionMark(folder));
  if (!existsSync(completionMark(folder))) throw new Error(`${folder} could not be completed`);
  console.log('bench:peer: done');
  return 0;
}

/** @param {string} program @param {readonly string[]} parameters */
function must(program, parameters) {
  const { status, error } = spawnSync(program, parameters, { stdio: 'inherit' });
  if (error) throw new Error(`${program} could not be run: ${error.message}`);
  if (status !== 0) throw new Error(`\`${program} ${parameters.slice(0, 3).join(' ')} ...\` ended with status ${status}`);
}
