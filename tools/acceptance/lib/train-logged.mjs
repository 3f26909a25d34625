// @ts-check
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { mustRun } from './blemish.mjs';
import { root } from './options.mjs';
import { isFinished } from './run-folder.mjs';

/**
 * One run of the command and where it leaves things.
 *
 * @typedef {object} LoggedRun
 * @property {string} folder the run's own folder
 * @property {string} log
 * @property {string} evaluation folder of the evaluation at 256
 */

/** @param {string} out @param {string} dataset @param {string} category @param {string} run @param {string} [model] @returns {LoggedRun} */
export function loggedRun(out, dataset, category, run, model = 'ast') {
  const folder = join(out, model, dataset, category, run);
  return { folder, log: join(out, 'logs', `${model === 'ast' ? '' : `${model}-`}${dataset}-${category}-${run}.log`), evaluation: join(folder, 'evaluations', 'size-256') };
}

/**
 * Trains and evaluates at 256, unless that has been done: progress goes to the log and to standard error.
 *
 * @param {LoggedRun} run
 * @param {readonly string[]} trainArgs arguments of `train`
 * @param {readonly string[]} [evaluate] arguments of `evaluate` beside the run and the size
 */
export async function trainAndEvaluate(run, trainArgs, evaluate = []) {
  await train(run, trainArgs);
  const { folder, log, evaluation } = run;
  if (existsSync(join(evaluation, 'metrics.json'))) console.error(`${evaluation}: is finished`);
  else await logged(log, ['evaluate', folder, '--eval-size', '256', '--out', evaluation, '--no-maps', ...evaluate]);
}

/**
 * Trains, unless that has been done; goes on with a run that was stopped.
 *
 * @param {LoggedRun} run
 * @param {readonly string[]} args from `train` on
 */
export async function train({ folder, log }, args) {
  if (isFinished(folder)) console.error(`${folder}: is finished`);
  else await logged(log, existsSync(join(folder, 'config.json')) ? [...args, '--resume'] : args);
}

/**
 * Runs `blemish`, with its commit, command and progress in a log.
 *
 * @param {string} log
 * @param {readonly string[]} args
 */
async function logged(log, args) {
  mkdirSync(dirname(log), { recursive: true });
  const line = `$ blemish ${args.join(' ')}`;
  appendFileSync(log, `# commit ${commit()}\n${line}\n`);
  console.error(line);
  await mustRun(args, {
    onStderr(text) {
      appendFileSync(log, text);
      process.stderr.write(text);
    },
  });
}

/**
 * Which commit trained a run, with which command, and whether it was resumed (its seconds are then those of the last part).
 *
 * @param {LoggedRun} run
 */
export function origin({ log }) {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
  const at = lines.findIndex((line) => line.startsWith('$ blemish train'));
  return {
    command: at < 0 ? 'unknown' : String(lines[at]).slice(2),
    commit: at < 1 ? 'unknown' : String(lines[at - 1]).replace('# commit ', ''),
    resumed: lines.some((line) => line.startsWith('$ blemish train') && line.endsWith(' --resume')),
  };
}

/** The machine, in words. */
export function machine() {
  return `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}`;
}

function commit() {
  const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', 'HEAD')}${changed ? ' with changes' : ''}`;
  } catch {
    return 'unknown';
  }
}
