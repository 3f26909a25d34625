import fc from 'fast-check';
import { argsort } from './argsort.js';
import { sortScores } from './sort-scores.js';

const finite64 = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 60 });
const finite32 = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 60 });

it('orders float64 values of every magnitude and sign', () => {
  fc.assert(
    fc.property(finite64, (values) => {
      const array = Float64Array.from(values);
      expect(Array.from(argsort(array), (i) => array[i])).toEqual(Array.from(array.slice().sort()));
    }),
  );
});

it('orders float32 values, also where they start inside a larger buffer', () => {
  fc.assert(
    fc.property(finite32, (values) => {
      const array = Float32Array.from([9, ...values]).subarray(1);
      expect(Array.from(argsort(array), (i) => array[i])).toEqual(Array.from(array.slice().sort()));
    }),
  );
});

it('keeps equal values in their order', () => {
  expect([...argsort(Float64Array.of(1, 0, 1, 0, 1))]).toEqual([1, 3, 0, 2, 4]);
});

it('sorts in place as the platform does, -0 before 0', () => {
  fc.assert(
    fc.property(finite32, finite64, (single, double) => {
      for (const array of [Float32Array.from(single), Float64Array.from(double)]) {
        const expected = array.slice().sort();
        sortScores(array, array.slice());
        expect(Array.from(array)).toEqual(Array.from(expected));
      }
    }),
  );
});
