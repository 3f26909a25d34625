import { fixed, markdownTable, replaceSection } from './markdown-table.mjs';

describe('markdownTable', () => {
  it('writes header, rule and rows', () => {
    expect(markdownTable(['seed', 'ours'], [[0, '1.000'], ['mean', undefined]])).toBe(
      '| seed | ours |\n| --- | ---: |\n| 0 | 1.000 |\n| mean |  |',
    );
  });
});

describe('fixed', () => {
  it('writes a dash where there is no number', () => {
    expect([fixed(0.12345, 3), fixed(undefined, 3), fixed(NaN, 1)]).toEqual(['0.123', '-', '-']);
  });
});

describe('replaceSection', () => {
  it('replaces what stands between the marks, again and again', () => {
    const first = replaceSection('a\n<!-- x -->\n<!-- /x -->\nb\n', 'x', 'one\n');
    expect(first).toBe('a\n<!-- x -->\none\n<!-- /x -->\nb\n');
    expect(replaceSection(first, 'x', 'two')).toBe('a\n<!-- x -->\ntwo\n<!-- /x -->\nb\n');
  });

  it('says which marks are missing', () => expect(() => replaceSection('a', 'x', '')).toThrow('<!-- x -->'));
});
