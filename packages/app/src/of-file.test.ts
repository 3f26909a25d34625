import { ofFile } from './of-file.js';

const file = { id: '000.tiff', path: 'b/000.tiff', depthPath: 'b/000.tiff' };

it('names the file of an error that names a part', () => {
  const cause = new Error('000.tiff: foreground: expected something on the table');
  const named = ofFile(cause, [{ id: '001.tiff', path: 'b/001.tiff' }, file]);
  expect(named).toEqual(new Error('b/000.tiff: foreground: expected something on the table'));
  expect((named as Error).cause).toBe(cause);
});

it('leaves every other error as it is', () => {
  const other = new Error('no space left');
  expect([ofFile(other, [file]), ofFile(other, []), ofFile('stopped', [file])]).toEqual([other, other, 'stopped']);
});

it('finds the part of an error in a list of any length', () => {
  const files = Array.from({ length: 200_000 }, (_, i) => ({ id: `${i}.png`, path: `a/${i}.png` }));
  expect(ofFile(new Error('199999.png: broken'), files)).toEqual(new Error('a/199999.png: broken'));
});
