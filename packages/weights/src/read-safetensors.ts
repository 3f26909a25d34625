import { decodeElements } from './dtypes.js';
import { parseSafetensorsHeader } from './safetensors-header.js';
import type { WeightArray, Weights } from './weight-array.js';
import { atDoor } from './weights-error.js';

/**
 * Reads a safetensors file. Arrays that stand aligned in `bytes` are views of it, others are copies.
 *
 * @param bytes the whole file
 * @param name how errors name it
 * @returns its arrays in the header's order, and its metadata
 * @throws Error of one line where the file breaks any rule of the format
 */
export function readSafetensors(bytes: Uint8Array, name = 'safetensors'): Weights {
  return atDoor(name, () => {
    const { entries, metadata, dataStart } = parseSafetensorsHeader(bytes);
    const tensors = new Map<string, WeightArray>();
    for (const { name: tensor, dtype, shape, count, begin } of entries) {
      tensors.set(tensor, { dtype, shape, data: decodeElements(bytes, dataStart + begin, count, dtype) });
    }
    return { tensors, metadata };
  });
}
