import { buildTensor } from './pytorch/build-tensor.js';
import { createBudget } from './pytorch/budget.js';
import { pickleBudgetBytes } from './pytorch/checkpoint.js';
import { flattenCheckpoint } from './pytorch/flatten-checkpoint.js';
import { readLegacyCheckpoint } from './pytorch/read-legacy-checkpoint.js';
import { readZipCheckpoint } from './pytorch/read-zip-checkpoint.js';
import { sniffFormat, legacyMagic } from './sniff-format.js';
import type { WeightArray, Weights } from './weight-array.js';
import { atDoor, fault } from './weights-error.js';

/**
 * Reads a checkpoint that torch.save wrote, in either container, without running any of it: the pickle inside may make
 * tensors and plain containers, and every other name in it is an error. Nested containers are flattened with dots, so
 * `{'state_dict': {'fc.weight': ...}}` gives `state_dict.fc.weight`; see `unwrapStateDict`. Numbers, booleans and strings
 * beside the tensors become metadata.
 *
 * @param bytes the whole file
 * @param name how errors name it
 * @returns the tensors in the file's order, views of `bytes` where they can be
 * @throws Error of one line where the file is truncated, damaged, or asks for more than tensors
 */
export function readPytorch(bytes: Uint8Array, name = 'checkpoint'): Weights {
  return atDoor(name, () => {
    const format = sniffFormat(bytes);
    if (format !== 'zip' && format !== 'legacy') {
      throw fault('expected a PyTorch checkpoint, a zip archive or the format before 1.6; its first bytes are of neither');
    }
    const budget = createBudget(2 ** 16 + 8 * bytes.length, 'its tensors');
    const checkpoint = format === 'zip' ? readZipCheckpoint(bytes, budget) : readLegacyCheckpoint(bytes, legacyMagic.length);
    const { tensors, scalars } = flattenCheckpoint(checkpoint.root, createBudget(pickleBudgetBytes(bytes.length), 'its names'));
    const arrays = new Map<string, WeightArray>();
    for (const [path, tensor] of tensors) arrays.set(path, buildTensor(tensor, checkpoint, budget));
    return { tensors: arrays, metadata: Object.fromEntries(scalars) };
  });
}
