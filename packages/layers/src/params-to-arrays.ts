import { fileShape, toFileLayout } from './file-layout.js';
import type { FloatArray } from './named-array.js';
import { getParam, type Params } from './params.js';
import type { ParamSpecs } from './param-specs.js';

/**
 * The inverse of `paramsFromArrays`: parameters in the layout of files, in the order of `specs`, one read at a time. A
 * promise, because some backends cannot be read synchronously.
 *
 * @throws Error if a parameter of `specs` is missing
 */
export async function paramsToArrays(params: Readonly<Params>, specs: ParamSpecs): Promise<Map<string, FloatArray>> {
  const arrays = new Map<string, FloatArray>();
  for (const [name, { shape, layout }] of Object.entries(specs)) {
    const values = (await getParam(params, name).data()) as Float32Array;
    arrays.set(name, { dtype: 'F32', shape: fileShape(shape, layout), data: toFileLayout(values, shape, layout) });
  }
  return arrays;
}
