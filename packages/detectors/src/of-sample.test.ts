import { ofSample } from './of-sample.js';

it('returns what is made', () => {
  expect(ofSample('good/1', () => 7)).toBe(7);
});

it.each([
  [new Error('foreground: expected pixels'), 'good/1: foreground: expected pixels'],
  ['stopped', 'good/1: stopped'],
])('names the sample where making throws %p', (cause: unknown, message) => {
  const make = (): never => {
    throw cause;
  };
  expect(() => ofSample('good/1', make)).toThrow(expect.objectContaining({ message, cause }) as Error);
});
