import { availableParallelism } from 'node:os';
import { threadCount } from './threads.js';

describe('threadCount', () => {
  const kept = process.env['BLEMISH_THREADS'];
  afterEach(() => {
    if (kept === undefined) delete process.env['BLEMISH_THREADS'];
    else process.env['BLEMISH_THREADS'] = kept;
  });

  it('is BLEMISH_THREADS, or what the process may use', () => {
    process.env['BLEMISH_THREADS'] = '3';
    expect(threadCount()).toBe(3);
    delete process.env['BLEMISH_THREADS'];
    expect(threadCount()).toBe(availableParallelism());
  });

  it.each(['0', '1.5', 'many', '-2'])('names a count that is none: %s', (asked) => {
    process.env['BLEMISH_THREADS'] = asked;
    expect(threadCount).toThrow(`BLEMISH_THREADS: expected a whole number of at least 1, got ${asked}`);
  });
});
