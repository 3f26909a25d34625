import { checkpointWriter, describeShared, goldenState, officialCheckpoint } from '@blemish-tools/jest';
import { readPytorch } from './read-pytorch.js';
import type { WeightArray } from './weight-array.js';

describeShared(`state_dicts of the golden parameters, written by ${checkpointWriter}`, 'golden', (golden) => {
  describe.each(['zip', 'legacy'] as const)('%s container', (container) => {
    it.each(['teacher', 'student'] as const)('%s gives the golden arrays, bit for bit', (model) => {
      const expected = goldenState(golden, model);
      const { bytes, name } = officialCheckpoint(golden, model, container);
      const read = readPytorch(bytes, name);
      expect(expected.size).toBeGreaterThan(10);
      expect([...read.tensors.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [key, { shape, data }] of expected) {
        const array = read.tensors.get(key) as WeightArray;
        expect([key, array.shape]).toEqual([key, shape]);
        expect(array.data).toEqual(data);
      }
    });
  });
});
