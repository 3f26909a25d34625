// @ts-check

/**
 * @typedef {import('./case.mjs').Rule} Rule
 * @typedef {{shape: readonly number[], data: ArrayLike<number | bigint>}} Output
 */

/**
 * Holds our outputs to the peer's.
 *
 * @param {ReadonlyMap<string, Output>} ours
 * @param {ReadonlyMap<string, Output>} peer
 * @param {readonly Rule[]} rules
 * @returns {Record<string, number>} the largest error under each rule's prefix
 * @throws Error naming the output that is missing, of another shape, or too far off
 */
export function compareOutputs(ours, peer, rules) {
  if (ours.size === 0) throw new Error('outputs: expected at least one, got none');
  for (const name of peer.keys()) if (!ours.has(name)) throw new Error(`outputs: '${name}' is the peer's alone`);
  /** @type {Record<string, number>} */
  const worst = {};
  for (const [name, a] of ours) {
    const b = peer.get(name);
    if (b === undefined) throw new Error(`outputs: '${name}' is ours alone`);
    if (a.shape.join() !== b.shape.join()) throw new Error(`outputs: '${name}' is [${a.shape}] here and [${b.shape}] there`);
    const rule = rules.find(({ prefix }) => name.startsWith(prefix));
    if (rule === undefined) throw new Error(`outputs: no rule for '${name}'`);
    const { prefix, tolerance, of = 'max', floor = 0 } = rule;
    const error = difference(a.data, b.data, of, floor);
    if (!(error <= tolerance)) throw new Error(`outputs: '${name}' differs by ${error.toExponential(1)} (${of}), more than ${tolerance}`);
    worst[prefix] = Math.max(worst[prefix] ?? 0, error);
  }
  return worst;
}

/**
 * @param {ArrayLike<number | bigint>} a
 * @param {ArrayLike<number | bigint>} b
 * @param {NonNullable<Rule['of']>} of
 * @param {number} floor
 */
function difference(a, b, of, floor) {
  let [largest, size, errorSquares, squares] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const value = Number(b[i]);
    const error = Math.abs(Number(a[i]) - value);
    if (!(error <= largest)) largest = error; // NaN stays
    if (Number.isNaN(error)) return NaN;
    size = Math.max(size, Math.abs(value));
    errorSquares += error * error;
    squares += value * value;
  }
  if (largest === 0) return 0;
  if (of === 'absolute') return largest;
  if (of === 'max') return largest / Math.max(size, floor);
  return Math.sqrt(errorSquares / a.length) / Math.max(Math.sqrt(squares / a.length), floor);
}
