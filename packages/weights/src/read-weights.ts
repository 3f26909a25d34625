import { readPytorch } from './read-pytorch.js';
import { readSafetensors } from './read-safetensors.js';
import { sniffFormat } from './sniff-format.js';
import type { Weights } from './weight-array.js';
import { fault, quote } from './weights-error.js';

/**
 * Reads a weight file of any format we know, told apart by its first bytes.
 *
 * @param bytes the whole file
 * @param name how errors name it
 * @throws Error of one line where the file is of no known format, or breaks the rules of its own
 */
export function readWeights(bytes: Uint8Array, name = 'weights'): Weights {
  const format = sniffFormat(bytes);
  if (format === 'safetensors') return readSafetensors(bytes, name);
  if (format !== undefined) return readPytorch(bytes, name);
  const start = bytes.length === 0 ? 'it is empty' : `it begins with ${quote(String.fromCharCode(...bytes.subarray(0, 16)))}`;
  throw fault(`${name}: expected a safetensors file or a PyTorch checkpoint, but ${start}`);
}
