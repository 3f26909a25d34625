import { readFileSync } from 'node:fs';
import { describeShared } from '@blemish-tools/jest';
import { numpyPermutation } from '../numpy-permutation.js';

describeShared('numpyPermutation', 'golden/flow/permutations.json', (path) => {
  const { perm } = JSON.parse(readFileSync(path, 'utf8')) as { perm: Record<string, number[][]> };
  it.each(Object.entries(perm))('draws what numpy draws for %s channels', (count, blocks) => {
    expect(blocks.length).toBeGreaterThan(0);
    blocks.forEach((expected, k) => expect([...numpyPermutation(k, Number(count))]).toEqual(expected));
  });
});
