import { availableParallelism } from 'node:os';
import { threadCount } from './threads.js';

describe('threadCount', () => {
  const variables = ['BLEMISH_THREADS', 'TF_NUM_INTRAOP_THREADS'] as const;
  const kept = variables.map((name) => process.env[name]);
  beforeEach(() => variables.forEach((name) => delete process.env[name]));
  afterEach(() => variables.forEach((name, i) => (kept[i] === undefined ? delete process.env[name] : (process.env[name] = kept[i]))));

  it('is BLEMISH_THREADS, or what TensorFlow was told, or what the process may use', () => {
    expect(threadCount()).toBe(availableParallelism());
    process.env['TF_NUM_INTRAOP_THREADS'] = '5';
    expect(threadCount()).toBe(5);
    process.env['BLEMISH_THREADS'] = '3';
    expect(threadCount()).toBe(3);
  });

  it.each(['0', '1.5', 'many', '-2'])('names a count that is none: %s', (asked) => {
    process.env['BLEMISH_THREADS'] = asked;
    expect(threadCount).toThrow(`BLEMISH_THREADS: expected a whole number of at least 1, got ${asked}`);
  });
});
