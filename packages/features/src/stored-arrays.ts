import type { WeightArray } from '@blemish/weights';
import type { NamedWeights } from './backbone.js';

/** From here on values round to infinity in half precision. */
const halfLimit = 65520;

/**
 * Arrays as a file is to hold them.
 *
 * @param source what to call the writer in an error
 * @throws Error in one line naming an array whose values are too large for half precision
 */
export function storedArrays(weights: NamedWeights, dtype: 'F32' | 'F16', source: string): [string, WeightArray][] {
  return [...weights].map(([name, { shape, data }]): [string, WeightArray] => {
    const values = Float32Array.from(data as ArrayLike<number>);
    const tooLarge = dtype === 'F16' ? values.find((value) => Math.abs(value) >= halfLimit) : undefined;
    if (tooLarge !== undefined) throw new Error(`${source}: '${name}' holds ${tooLarge}, too large for half precision`);
    return [name, { dtype, shape, data: values }];
  });
}
