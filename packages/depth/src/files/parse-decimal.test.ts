import fc from 'fast-check';
import { parseDecimal } from './parse-decimal.js';

const parse = (text: string): number | undefined => parseDecimal(Buffer.from(`  ${text} `), 2, 2 + text.length);

describe('parseDecimal', () => {
  it('agrees with the language, as float32', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 20 }), (value, places) => {
        const [plain, fixed] = [String(value), value.toFixed(places)];
        for (const text of [plain, fixed, `+${fixed.replace('-', '')}`]) {
          const got = parse(text);
          if (/e/.test(text)) expect(got).toBeUndefined();
          else if (got !== undefined) expect(Math.fround(got)).toBe(Math.fround(Number(text)));
        }
        expect(Math.abs(value) < 1e16 && !plain.includes('e') ? parse(plain) !== undefined || plain.length > 22 : true).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([['0', 0], ['-0', -0], ['.5', 0.5], ['5.', 5], ['+7', 7], ['0.1', 0.1], ['123456789012345', 123456789012345], ['00012', 12], ['1234567890123456789012', 1234567890123456789012]])('%s', (text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each(['', '-', '.', '1e5', '1.2.3', 'nan', '--1', '1-', '0x1', `0.${'0'.repeat(30)}1`, '9'.repeat(60)])('leaves %j to others', (text) => {
    expect(parse(text)).toBeUndefined();
  });
});
