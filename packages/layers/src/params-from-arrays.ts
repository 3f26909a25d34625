import * as tf from '@tensorflow/tfjs-core';
import { fileShape, fromFileLayout } from './file-layout.js';
import type { NamedArray } from './named-array.js';
import type { Params } from './params.js';
import { sizeOf, type ParamSpecs } from './param-specs.js';

/** How `paramsFromArrays` treats a file. */
export interface FromArraysOptions {
  /** Where the arrays come from, for messages. Default `weights`. */
  readonly source?: string;
  /** Names in the file that the network has no use for. Default: none, every name must be known. */
  readonly ignore?: (name: string) => boolean;
}

/**
 * Parameters from named arrays, turned from the layout of files to that of memory. All names and shapes are checked
 * before the first tensor is made.
 *
 * @returns a new record in the order of `specs`; the caller disposes it
 * @throws Error naming the parameters that are missing, left over, or of another shape or kind
 */
export function paramsFromArrays(
  arrays: Iterable<readonly [string, NamedArray]>,
  specs: ParamSpecs,
  { source = 'weights', ignore = () => false }: FromArraysOptions = {},
): Params {
  const given = new Map(arrays);
  const missing = Object.keys(specs).filter((name) => !given.has(name));
  if (missing.length > 0) throw new Error(`${source}: missing ${list(missing)}`);
  const leftover = [...given.keys()].filter((name) => !(name in specs) && !ignore(name));
  if (leftover.length > 0) throw new Error(`${source}: unknown ${list(leftover)}`);

  const checked = Object.entries(specs).map(([name, { shape, layout }]) => {
    const { data, shape: got } = given.get(name) as NamedArray;
    const want = fileShape(shape, layout);
    // PyTorch keeps a single value as [] or [1].
    const same = sizeOf(want) === 1 ? sizeOf(got) === 1 : want.length === got.length && want.every((edge, i) => edge === got[i]);
    if (!same) throw new Error(`${source}: '${name}' expected shape [${want}], got [${got}]`);
    if (data.length !== sizeOf(want)) throw new Error(`${source}: '${name}' expected ${sizeOf(want)} values, got ${data.length}`);
    if (typeof data[0] === 'bigint') throw new Error(`${source}: '${name}' expected real numbers, got 64-bit integers`);
    return { name, shape, layout, data: data as ArrayLike<number> };
  });
  return Object.fromEntries(
    checked.map(({ name, shape, layout, data }) => [name, tf.tensor(fromFileLayout(data, shape, layout), [...shape], 'float32')]),
  );
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `'${name}'`).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
