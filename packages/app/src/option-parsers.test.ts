import { wholeNumber } from './option-parsers.js';

describe('wholeNumber', () => {
  it('takes both bounds', () => {
    expect(['1', '64', '007'].map(wholeNumber(1, 64))).toEqual([1, 64, 7]);
  });

  it.each(['0', '65', '-1', '1.5', '1e1', '0x10', 'x', '', ' 1', 'Infinity'])('refuses %j', (text) => {
    expect(() => wholeNumber(1, 64)(text)).toThrow('Expected a whole number from 1 to 64.');
  });
});
