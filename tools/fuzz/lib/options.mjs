// @ts-check

/** Formats that are fuzzed. */
export const formats = /** @type {const} */ (['tiff', 'ply', 'pcd', 'npy']);

/** @typedef {(typeof formats)[number]} Format */

/**
 * What the command line asks for.
 * @typedef {{ format: Format, seconds: number, seed: number, out: string }} Options
 */

/**
 * Reads `--format F --seconds N [--seed S] [--out FOLDER]`; throws one line for anything else.
 * @param {readonly string[]} parameters
 * @returns {Options}
 */
export function readOptions(parameters) {
  /** @type {Record<string, string>} */
  const given = {};
  for (let i = 0; i < parameters.length; i += 2) {
    const [name = '', value] = [parameters[i], parameters[i + 1]];
    if (!['--format', '--seconds', '--seed', '--out'].includes(name)) throw new Error(`unknown option '${name}'`);
    if (value === undefined) throw new Error(`${name}: a value is missing`);
    given[name.slice(2)] = value;
  }
  const format = formats.find((known) => known === given.format);
  if (!format) throw new Error(`--format: expected ${formats.join(', ')}, got '${given.format ?? ''}'`);
  const whole = (/** @type {string} */ name, /** @type {number} */ fallback) => {
    const value = given[name] === undefined ? fallback : Number(given[name]);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name}: expected a whole number, got '${given[name]}'`);
    return value;
  };
  return { format, seconds: whole('seconds', 60), seed: whole('seed', 0), out: given.out ?? 'results/fuzz' };
}
