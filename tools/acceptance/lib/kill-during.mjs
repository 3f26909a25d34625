// @ts-check
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBlemish } from './blemish.mjs';
import { checkpointPosition } from './checkpoint-position.mjs';

/**
 * Starts a training run and kills it as `kill -9` does, in a phase: half a second after that phase has written a
 * checkpoint, or for `features` after its first line of progress.
 *
 * @param {readonly string[]} args
 * @param {{folder: string, phase: 'features' | 'teacher' | 'student', env?: Record<string, string>}} options
 * @returns {Promise<string>} where it was killed, in words; an error if it ended by itself
 */
export async function killDuring(args, { folder, phase, env }) {
  let last = '';
  const { child, finished } = startBlemish(args, { env, onStderr: (text) => (last = text.trim().split('\n').at(-1) ?? last) });
  let ended = false;
  void finished.then(() => (ended = true));
  const reached = () => {
    if (phase === 'features') return last.startsWith('features: ');
    const at = checkpointPosition(join(folder, 'checkpoint.safetensors'));
    return at?.phase === phase && (at.epoch > 0 || at.step > 0);
  };
  while (!ended && !reached()) await sleep(20);
  if (phase !== 'features') await sleep(500);
  child.kill('SIGKILL');
  const { signal, code, stderr } = await finished;
  if (signal !== 'SIGKILL') throw new Error(`ended with ${code} before it could be killed during ${phase}: ${stderr.trim().split('\n').at(-1)}`);
  const at = checkpointPosition(join(folder, 'checkpoint.safetensors'));
  return at === undefined ? 'no checkpoint yet' : `checkpoint at ${at.phase} epoch ${at.epoch}`;
}
