import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { cacheFolder } from './cache-folder.js';
import { hashFile } from './hash-file.js';
import { removeTemporaryFolders, temporaryFolder } from './testing/temporary-folder.js';
import { toCsv } from './to-csv.js';

afterAll(removeTemporaryFolders);

describe('hashFile', () => {
  it('gives the SHA-256 of a file of several pieces, and names one that is not there', async () => {
    const path = join(temporaryFolder(), 'file');
    const bytes = Buffer.alloc(3_000_001, 'blemish');
    writeFileSync(path, bytes);
    expect(await hashFile(path)).toBe(createHash('sha256').update(bytes).digest('hex'));
    await expect(hashFile(`${path}x`)).rejects.toThrow(`${path}x: cannot read it: there is no such file or folder`);
  });
});

describe('cacheFolder', () => {
  it('is BLEMISH_CACHE, or a folder named blemish', () => {
    const before = process.env['BLEMISH_CACHE'];
    process.env['BLEMISH_CACHE'] = '/somewhere/else';
    expect(cacheFolder()).toBe('/somewhere/else');
    delete process.env['BLEMISH_CACHE'];
    expect(cacheFolder()).toMatch(/blemish/);
    if (before !== undefined) process.env['BLEMISH_CACHE'] = before;
  });
});

describe('toCsv', () => {
  it('quotes what needs it and keeps the columns in order', () => {
    const rows = [
      { path: 'a,b', score: 0.1, note: 'say "x"' },
      { path: ' c', score: NaN, note: undefined },
      { score: -1e-300, path: 'two\nlines', extra: 1 },
    ];
    expect(toCsv(['path', 'score', 'note'], rows)).toBe('path,score,note\n"a,b",0.1,"say ""x"""\n" c",NaN,\n"two\nlines",-1e-300,\n');
  });

  it('is read back by an independent reader, text and numbers alike (law)', () => {
    const row = fc.record({ name: fc.string(), value: fc.double() });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const [, ...lines] = parseCsv(toCsv(['name', 'value'], rows));
        expect(lines.map(([name]) => name)).toEqual(rows.map(({ name }) => name));
        lines.forEach(([, value], i) => expect(Number(value) === rows[i]?.value || Number.isNaN(rows[i]?.value)).toBe(true));
      }),
    );
  });
});

/** RFC 4180, letter by letter. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',' || letter === '\n') {
      row.push(field);
      field = '';
      if (letter === '\n') rows.push(row.splice(0));
    } else field += letter;
  }
  return rows;
}
