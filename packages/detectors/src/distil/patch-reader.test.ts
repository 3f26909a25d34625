import { squareSource } from '../testing/tiny-ast.js';
import { createPatchReader, type ReaderSettings } from './patch-reader.js';

const settings: ReaderSettings = {
  receptiveField: 17,
  batch: 6,
  seed: 5,
  grayProbability: 0,
  minScale: 1,
  maxScale: 3,
  noise: 0.1,
  weights: { knowledge: 1, compactness: 1, triplet: 0 },
};
const size = 17 * 17 * 3;

it('gives a step the same patches in any order, and decodes an image once', async () => {
  const source = squareSource(4);
  const read = createPatchReader(source, settings);
  const steps = [await read(0), await read(1), await read(2), await read(3)];
  expect(await read(1)).toEqual(steps[1]);
  expect(await createPatchReader(squareSource(4), settings)(3)).toEqual(steps[3]);
  expect(source.loads).toBeLessThanOrEqual(4);
  const [first] = steps as [(typeof steps)[0]];
  expect(first.patches).toHaveLength(6 * size);
  expect(first.near).toBeUndefined();
  expect(Math.min(...first.patches)).toBeGreaterThan(0);
  expect(Math.max(...first.patches)).toBeLessThanOrEqual(1);
});

it('takes colour away, by luminance', async () => {
  const colour = await createPatchReader(squareSource(4), settings)(0);
  const gray = await createPatchReader(squareSource(4), { ...settings, grayProbability: 1 })(0);
  for (let i = 0; i < gray.patches.length; i += 3) {
    const [r, g, b] = colour.patches.subarray(i, i + 3) as unknown as [number, number, number];
    for (let c = 0; c < 3; c++) expect(gray.patches[i + c]).toBeCloseTo(0.299 * r + 0.587 * g + 0.114 * b, 5);
  }
});

it('adds noise of the deviation asked for to positives', async () => {
  const weights = { knowledge: 1, compactness: 0, triplet: 1 };
  const plain = await createPatchReader(squareSource(4), { ...settings, weights, noise: 0 })(0);
  const noisy = await createPatchReader(squareSource(4), { ...settings, weights })(0);
  expect(noisy.patches).toEqual(plain.patches);
  const differences = Array.from(noisy.near ?? [], (value, i) => value - (plain.near?.[i] ?? NaN));
  const variance = differences.reduce((sum, d) => sum + d * d, 0) / differences.length;
  expect(Math.sqrt(variance)).toBeCloseTo(0.1, 2);
});

it('names a part without an image', async () => {
  const source = { ...squareSource(2), load: () => Promise.resolve({ id: 'scan.tiff' }) };
  await expect(createPatchReader(source, settings)(0)).rejects.toThrow('scan.tiff: expected an image, got depth alone');
});

it('decodes a few images at a time, each once for a patch and its positive', async () => {
  const source = squareSource(40);
  let [inHand, most] = [0, 0];
  const load = async (index: number): ReturnType<typeof source.load> => {
    most = Math.max(most, ++inHand);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inHand--;
    return source.load(index);
  };
  await createPatchReader({ ...source, load }, { ...settings, batch: 20, weights: { knowledge: 1, compactness: 1, triplet: 1 } })(0);
  expect(most).toBeLessThanOrEqual(4);
  expect(source.loads).toBeLessThanOrEqual(20);
});
