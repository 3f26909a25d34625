import { mulberry32 } from '@blemish-tools/jest';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';

/** Small maps of positive depths, any share of them missing. */
export function depthMaps(low = 0.4, high = 0.9): fc.Arbitrary<NdArray<Float32Array>> {
  const side = fc.integer({ min: 1, max: 14 });
  return fc.tuple(side, side, fc.integer(), fc.constantFrom(0, 0.1, 0.5, 0.9, 0.99)).map(([height, width, seed, missing]) => {
    const draw = mulberry32(seed);
    const z = Float32Array.from({ length: height * width }, () => (draw() < missing ? 0 : low + (high - low) * draw()));
    return ndarray(z, [height, width]);
  });
}

/** Small masks of any density. */
export function masks(): fc.Arbitrary<NdArray<Uint8Array>> {
  const side = fc.integer({ min: 1, max: 14 });
  return fc.tuple(side, side, fc.integer(), fc.constantFrom(0, 0.05, 0.4, 0.6, 1)).map(([height, width, seed, share]) => {
    const draw = mulberry32(seed);
    return ndarray(Uint8Array.from({ length: height * width }, () => (draw() < share ? 1 : 0)), [height, width]);
  });
}
