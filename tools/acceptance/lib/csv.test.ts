import { readCsv } from './csv.mjs';

describe('readCsv', () => {
  it('reads rows by column, with or without a last line end', () => {
    const rows = [{ phase: 'teacher', epoch: '1', loss: '2.5' }];
    expect(readCsv('phase,epoch,loss\nteacher,1,2.5\n')).toEqual(rows);
    expect(readCsv('phase,epoch,loss\r\nteacher,1,2.5')).toEqual(rows);
  });

  it('reads quoted fields', () => {
    expect(readCsv('image,score\n"a, ""b"".png",1\n,2\n')).toEqual([
      { image: 'a, "b".png', score: '1' },
      { image: '', score: '2' },
    ]);
  });

  it('gives no rows for a header alone', () => expect(readCsv('a,b\n')).toEqual([]));
  it('refuses an empty file', () => expect(() => readCsv('', 'scores.csv')).toThrow('scores.csv: expected a header'));
  it('refuses a row of another length', () => expect(() => readCsv('a,b\n1\n')).toThrow('expected 2 fields in line 2, got 1'));
});
