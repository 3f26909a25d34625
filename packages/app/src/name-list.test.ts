import { nameList } from './name-list.js';

const parse = nameList(['plate', 'gear']);

it('reads names divided by commas', () => {
  expect(parse('gear')).toEqual(['gear']);
  expect(parse('gear, plate')).toEqual(['gear', 'plate']);
});

it.each(['', 'nut', 'gear,', 'gear,gear', 'gear;plate'])('refuses %j', (text) => {
  expect(() => parse(text)).toThrow('Expected some of plate,gear, each once.');
});
