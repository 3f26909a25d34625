import { spawn } from 'node:child_process';

/**
 * Runs a program without a shell and gives its output; where it fails, the error says which one, how, and its last words.
 *
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, lastLines?: number }} [options]
 * @returns {Promise<string>}
 */
export function run(program, parameters, { cwd, env = process.env, lastLines = 6 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    const named = [program, ...parameters.slice(0, 3)].join(' ');
    child.on('error', (cause) => reject(new Error(`${program} could not be run: ${cause.message}`, { cause })));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const end = output.trimEnd().split('\n').slice(-lastLines).map((line) => `    ${line}`).join('\n');
      reject(new Error(`\`${named} ...\` ended with ${signal ?? `status ${code}`}:\n${end}`));
    });
  });
}

/**
 * Runs npm: the one that runs this script, if one does.
 *
 * @param {readonly string[]} parameters
 * @param {{ cwd: string, lastLines?: number }} options
 */
export function npm(parameters, options) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? run(process.execPath, [script, ...parameters], options)
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', parameters, options);
}
