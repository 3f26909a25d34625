import { describeError, exitCodeOf, Interrupted, UsageError } from './errors.js';

it('gives usage, interruption and failure exit codes of their own', () => {
  expect([new UsageError('x'), new Interrupted('x'), new Error('x'), 'x', undefined].map(exitCodeOf)).toEqual([2, 130, 1, 1, 1]);
});

describe('describeError', () => {
  it('is one line, whatever the message', () => {
    expect(describeError(new Error('a\n  b\r\n\nc'))).toBe('a b c');
    expect(describeError('text')).toBe('text');
    expect(describeError(undefined)).toBe('undefined');
  });

  it('shows the stacks of an error and all its causes when asked', () => {
    const text = describeError(new Error('outer', { cause: new Error('inner', { cause: 'root' }) }), true);
    expect(text).toMatch(/^Error: outer\n +at /);
    expect(text).toMatch(/\ncaused by: Error: inner\n +at /);
    expect(text).toMatch(/\ncaused by: root$/);
  });
});
