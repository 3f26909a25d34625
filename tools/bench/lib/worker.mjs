// @ts-check
import { createInterface } from 'node:readline';

/**
 * Answers the bench until it says quit: the part of the protocol that every side of ours shares. What the side prints with
 * console.log goes to standard error, since standard output carries the answers.
 *
 * @param {object} side
 * @param {(folder: string) => Promise<Record<string, unknown> | void>} side.prepare reads or writes the shared inputs; what it returns is reported (`versions`, `variant`)
 * @param {() => Promise<number | void>} side.run one repetition; returns its seconds where it times itself
 * @param {(file: string) => Promise<void>} [side.outputs] computes anew, from the inputs, and writes a safetensors file
 */
export async function serve({ prepare, run, outputs }) {
  console.log = console.info = console.error;
  /** @param {Record<string, unknown>} reply */
  const answer = (reply) => process.stdout.write(`${JSON.stringify(reply)}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line);
    try {
      if (message.do === 'quit') break;
      else if (message.do === 'prepare') answer({ ok: true, ...(await prepare(message.folder)) });
      else if (message.do === 'run') {
        const start = performance.now();
        const own = await run();
        answer({ seconds: own ?? (performance.now() - start) / 1000 });
      } else if (message.do === 'outputs' && outputs) {
        await outputs(message.file);
        answer({ ok: true });
      } else answer({ error: `cannot do '${message.do}'` });
    } catch (error) {
      answer({ error: error instanceof Error ? error.message : String(error) });
    }
  }
  process.exit(0);
}

/** The settings that this side was started with. */
export function settings() {
  return JSON.parse(process.argv[2] ?? '{}');
}
