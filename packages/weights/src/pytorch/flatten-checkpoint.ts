import { fault, quote } from '../weights-error.js';
import type { Budget } from './budget.js';
import type { PickleValue, TensorRef } from './pickle-value.js';
import { kindOf } from './pickle-value.js';

/** The leaves of a checkpoint by dotted name. */
export interface FlatCheckpoint {
  readonly tensors: ReadonlyMap<string, TensorRef>;
  /** Strings as they are; numbers and booleans as text. */
  readonly scalars: ReadonlyMap<string, string>;
}

const maxDepth = 32;

/**
 * Joins the keys of nested dicts, and the indices of lists and tuples, with dots. A tensor that is the whole checkpoint is
 * called `tensor`. None, bytes, dtypes and sets have no name in the result.
 *
 * @param budget what the names may take: one container may stand in many places
 */
export function flattenCheckpoint(root: PickleValue, budget: Budget): FlatCheckpoint {
  const tensors = new Map<string, TensorRef>();
  const scalars = new Map<string, string>();

  const visit = (value: PickleValue, path: string, depth: number): void => {
    budget.spend(64 + path.length);
    if (depth > maxDepth) throw fault(`expected containers at most ${maxDepth} deep, at ${quote(path)} there are more`);
    if (value === null || value instanceof Uint8Array) return;
    if (typeof value !== 'object') {
      if (scalars.has(path)) throw fault(`expected unique names, got ${quote(path)} twice`);
      scalars.set(path, String(value));
    } else if (value.kind === 'tensor') {
      const name = depth === 0 ? 'tensor' : path;
      if (tensors.has(name)) throw fault(`expected unique names, got ${quote(name)} twice`);
      tensors.set(name, value);
    } else if (value.kind === 'dict') {
      for (const [key, item] of value.entries) visit(item, join(path, keyText(key, path), depth), depth + 1);
    } else if (value.kind === 'list' || value.kind === 'tuple') {
      value.items.forEach((item, index) => visit(item, join(path, String(index), depth), depth + 1));
    }
  };
  visit(root, '', 0);
  return { tensors, scalars };
}

function join(path: string, key: string, depth: number): string {
  return depth === 0 ? key : `${path}.${key}`;
}

function keyText(key: PickleValue, path: string): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'number' || typeof key === 'bigint') return String(key);
  throw fault(`expected text or a number as key of the dict at ${quote(path)}, got ${kindOf(key)}`);
}
