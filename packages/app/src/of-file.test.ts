import { ofFile } from './of-file.js';

const file = { id: '000.tiff', path: 'b/000.tiff', depthPath: 'b/000.tiff' };

it('names the file of an error that names a part', () => {
  const cause = new Error('000.tiff: foreground: expected something on the table');
  const named = ofFile(cause, { id: '001.tiff', path: 'b/001.tiff' }, file);
  expect(named).toEqual(new Error('b/000.tiff: foreground: expected something on the table'));
  expect((named as Error).cause).toBe(cause);
});

it('leaves every other error as it is', () => {
  const other = new Error('no space left');
  expect([ofFile(other, file), ofFile(other, undefined), ofFile('stopped', file)]).toEqual([other, other, 'stopped']);
});
