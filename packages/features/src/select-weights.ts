import { fileShape, type ParamSpec, type ParamSpecs } from '@blemish/layers';
import type { WeightArray } from '@blemish/weights';
import type { NamedWeights, SelectedWeights } from './backbone.js';

/** What `selectWeights` looks for. */
export interface WeightRequest {
  /** The network, as errors call it, such as `efficientnet-b4 up to block 29`. */
  readonly network: string;
  /** The weights needed. */
  readonly specs: ParamSpecs;
  /** The one of them by which a prefix is found: no other name may end in it. Default: the first. */
  readonly anchor?: string;
  /** True for a name of the network that is not needed. */
  readonly mayBeLeftOver: (name: string) => boolean;
  /** The network that the arrays belong to, if it can be told and is another one. */
  readonly identify?: (shapeOf: (name: string) => readonly number[] | undefined) => string | undefined;
}

const floats = new Set(['F64', 'F32', 'F16', 'BF16']);
/** PyTorch's count of batches seen, which nothing reads in inference. */
const counter = /(^|\.)num_batches_tracked$/;

/**
 * The weights of `request.specs` out of a file's arrays, which may all carry one prefix (`module.`, `backbone.`).
 *
 * @param source what to call the file in an error
 * @throws Error in one line: weights of another network, a missing or unknown name, a wrong shape or type, NaN or
 *   infinity, a negative variance
 */
export function selectWeights(request: WeightRequest, weights: NamedWeights, source = 'weights'): SelectedWeights {
  const { network, specs, anchor = Object.keys(specs)[0] ?? '', mayBeLeftOver, identify } = request;
  const needed = Object.keys(specs);
  const fail = (text: string): Error => new Error(`${source}: expected the weights of ${network}, ${text}`);

  const prefix = findPrefix(anchor, weights, fail);
  const found = identify?.((name) => weights.get(prefix + name)?.shape);
  if (found !== undefined) throw fail(`got those of ${found}`);

  const missing = needed.filter((name) => !weights.has(prefix + name));
  if (missing.length > 0) {
    throw fail(`${missing.length} of ${needed.length} are missing, the first ${quote(prefix + (missing[0] ?? ''))}`);
  }

  const selected = new Map<string, WeightArray>();
  for (const [name, spec] of Object.entries(specs)) {
    const array = weights.get(prefix + name) as WeightArray;
    const fault = faultOf(array, spec, name.endsWith('running_var'));
    if (fault !== undefined) throw fail(`${quote(prefix + name)} ${fault}`);
    selected.set(name, array);
  }

  const leftOver: string[] = [];
  const unknown: string[] = [];
  for (const name of weights.keys()) {
    const own = name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
    if (own !== undefined && selected.has(own)) continue;
    if (own !== undefined && (mayBeLeftOver(own) || counter.test(own))) leftOver.push(name);
    else unknown.push(name);
  }
  if (unknown.length > 0) throw fail(`got ${unknown.length} unknown names beside them, the first ${quote(unknown[0] ?? '')}`);
  return { weights: selected, leftOver };
}

function findPrefix(first: string, weights: NamedWeights, fail: (text: string) => Error): string {
  const prefixes = [...weights.keys()]
    .filter((name) => name === first || name.endsWith(`.${first}`))
    .map((name) => name.slice(0, name.length - first.length));
  if (prefixes.length > 1) throw fail(`got ${prefixes.length} networks, under ${prefixes.map(quote).join(' and ')}`);
  const [prefix] = prefixes;
  if (prefix !== undefined) return prefix;
  const example = weights.keys().next().value;
  const came = example === undefined ? 'no array at all' : `${weights.size} arrays, the first ${quote(example)}`;
  throw fail(`such as ${quote(first)}; got ${came}`);
}

function faultOf(array: WeightArray, spec: ParamSpec, isVariance: boolean): string | undefined {
  const shape = fileShape(spec.shape, spec.layout);
  const matches = array.shape.length === shape.length && array.shape.every((side, axis) => side === shape[axis]);
  if (!matches) return `should have shape [${shape}], has [${array.shape}]`;
  if (!floats.has(array.dtype)) return `should be floating point, is ${array.dtype}`;
  const data = array.data as ArrayLike<number>;
  const at = findUnfit(data, isVariance ? 0 : -Infinity);
  return at < 0 ? undefined : `should hold ${isVariance ? 'variances' : 'numbers'}, holds ${data[at]} at ${at}`;
}

/** The first place of NaN, an infinity or a value below `least`, or -1. */
function findUnfit(values: ArrayLike<number>, least: number): number {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    // The difference is NaN for what is not finite.
    if (value - value !== 0 || value < least) return i;
  }
  return -1;
}

/** A name out of a file, short and on one line. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 77)}...` : name);
}
