import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { untilStopped } from './until-stopped.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const never = new Promise<never>(() => undefined);

it('gives the work’s value, or its failure', async () => {
  const stop = untilStopped(undefined);
  expect(await stop.until(Promise.resolve(3))).toBe(3);
  await expect(stop.until(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('ends with the signal’s reason while work goes on, and where it is done', async () => {
  const controller = new AbortController();
  const stop = untilStopped(controller.signal);
  const waiting = stop.until(never);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(stop.until(Promise.resolve(3))).rejects.toThrow('stopped');
  expect(stop.signal.aborted).toBe(true);
});

it('does not begin where the signal is aborted already', () => {
  expect(() => untilStopped(AbortSignal.abort(new Error('before')))).toThrow('before');
});

it('keeps nothing of what was awaited', async () => {
  const stop = untilStopped(new AbortController().signal);
  const references: WeakRef<object>[] = [];
  for (let i = 0; i < 50; i++) {
    const value = { data: new Uint8Array(1000) };
    references.push(new WeakRef(value));
    await stop.until(Promise.resolve(value));
  }
  await new Promise((resolve) => setTimeout(resolve, 0));
  collectGarbage();
  expect(references.filter((reference) => reference.deref() !== undefined).length).toBeLessThan(5);
});
