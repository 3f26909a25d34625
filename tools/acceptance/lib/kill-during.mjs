// @ts-check
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBlemish } from './blemish.mjs';
import { checkpointPosition } from './checkpoint-position.mjs';

/**
 * Starts a training run and kills it as `kill -9` does: when a phase begins, or a moment after the phase has
 * written a checkpoint of its own, so that some steps are lost.
 *
 * @param {readonly string[]} args
 * @param {{folder: string, phase: 'features' | 'teacher' | 'student', when: 'begun' | 'saved', env?: Record<string, string>}} options
 * @returns {Promise<string>} where it was killed, in words; an error if it ended by itself
 */
export async function killDuring(args, { folder, phase, when, env }) {
  let last = '';
  const { child, finished } = startBlemish(args, { env, onStderr: (text) => (last = text.trim().split('\n').at(-1) ?? last) });
  let ended = false;
  void finished.then(() => (ended = true));
  const reached = () => {
    if (when === 'begun') return last.startsWith(`${phase}: `);
    const at = checkpointPosition(join(folder, 'checkpoint.safetensors'));
    return at?.phase === phase && (at.epoch > 0 || at.step > 0);
  };
  while (!ended && !reached()) await sleep(20);
  if (when === 'saved') await sleep(200);
  child.kill('SIGKILL');
  const { signal, code, stderr } = await finished;
  if (signal !== 'SIGKILL') throw new Error(`ended with ${code} before it could be killed during ${phase}: ${stderr.trim().split('\n').at(-1)}`);
  const at = checkpointPosition(join(folder, 'checkpoint.safetensors'));
  return at === undefined ? 'no checkpoint yet' : `checkpoint of the ${at.phase} after ${at.epoch} epochs`;
}
