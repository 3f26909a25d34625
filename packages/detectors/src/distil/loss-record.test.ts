import { addLosses, meanLosses, noLosses } from './loss-record.js';

it('keeps means of the steps between two records', () => {
  const one = addLosses(noLosses, { knowledge: 4, compactness: 1 }, 1, false);
  expect(meanLosses(one)).toEqual({ knowledge: 4, compactness: 1 });
  const two = addLosses(one, { knowledge: 2, compactness: 0 }, 2, true);
  expect(two).toEqual({ records: [{ step: 2, knowledge: 3, compactness: 0.5 }], pending: 0, sums: {} });
  expect(addLosses(two, { knowledge: 7 }, 3, true).records).toEqual([...two.records, { step: 3, knowledge: 7 }]);
});
