import { Interrupted } from './errors.js';
import { keptOnce, listenForInterrupt } from './interrupt.js';

it.each(['SIGINT', 'SIGTERM'] as const)('%s aborts with advice', (name) => {
  const { signal, release } = listenForInterrupt('go on later');
  const before = signal.aborted;
  process.emit(name, name);
  release();
  expect(before).toBe(false);
  expect(signal.reason).toBeInstanceOf(Interrupted);
  expect(signal.reason.message).toBe(`stopped by ${name}: go on later`);
});

it('advises to go on only with what is kept by then', () => {
  let begun = false;
  const advice = keptOnce(() => begun);
  const before = advice();
  begun = true;
  const { signal, release } = listenForInterrupt(advice);
  process.emit('SIGINT', 'SIGINT');
  release();
  expect(before).toBe('nothing is written yet, the same command starts anew');
  expect(signal.reason.message).toBe('stopped by SIGINT: what was reached is kept, go on with --resume');
});

it('ends the process when asked twice', () => {
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const { release } = listenForInterrupt('');
  process.emit('SIGINT', 'SIGINT');
  expect(exit).not.toHaveBeenCalled();
  process.emit('SIGINT', 'SIGINT');
  expect(exit).toHaveBeenCalledWith(130);
  release();
  exit.mockRestore();
});

it('listens no longer once released', () => {
  const before = process.listenerCount('SIGINT');
  listenForInterrupt('').release();
  expect(process.listenerCount('SIGINT')).toBe(before);
});
