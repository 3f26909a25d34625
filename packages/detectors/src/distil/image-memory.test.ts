import { squareSource } from '../testing/tiny-ast.js';
import { createImageMemory } from './image-memory.js';

it('decodes an image once, even where it is asked for again meanwhile', async () => {
  const source = squareSource(3);
  const { get } = createImageMemory(source, 1e6);
  const [one, same] = await Promise.all([get(1), get(1), get(2)]);
  expect(same).toBe(one);
  expect(await get(1)).toBe(one);
  expect(source.loads).toBe(2);
});

it('keeps no more than the bytes it may', async () => {
  const source = squareSource(3);
  const { get } = createImageMemory(source, 40 * 40 * 3 + 1);
  for (const index of [0, 1, 0, 1, 1]) await get(index);
  expect(source.loads).toBe(4);
});

it('asks again after a failure', async () => {
  const source = squareSource(2);
  let failures = 1;
  const { get } = createImageMemory({ ...source, load: (index) => (failures-- > 0 ? Promise.reject(new Error('broken')) : source.load(index)) }, 1e6);
  await expect(get(0)).rejects.toThrow('broken');
  expect((await get(0)).shape).toEqual([40, 40, 3]);
});
