// @ts-check

/**
 * What `tools/bench/cases/*.mjs` export; README.md says how the sides talk.
 *
 * @typedef {object} Context what a run of the bench knows
 * @property {string} root the workspace's folder
 * @property {string} folder a temporary folder of this case
 * @property {string} cache the user's cache folder of Blemish
 * @property {string | undefined} python the peer's interpreter; undefined where there is no peer
 * @property {number} threads threads that either side may use
 *
 * @typedef {object} Side a process: one that speaks the protocol, or a plain command in a case that runs `once`
 * @property {string} command
 * @property {readonly string[]} args
 * @property {Readonly<Record<string, string>>} [env] added to this process's
 * @property {string} [cwd]
 * @property {readonly Variant[]} [variants] ways to run it, of which the fastest is taken after a trial of each
 *
 * @typedef {object} Variant
 * @property {string} name
 * @property {readonly string[]} [args] appended to the side's
 * @property {Readonly<Record<string, string>>} [env]
 *
 * @typedef {object} Rule how equal the outputs that begin with `prefix` must be
 * @property {string} prefix the first rule whose prefix fits is applied
 * @property {number} tolerance
 * @property {'max' | 'rms' | 'absolute'} [of] what the tolerance is a share of: the peer's largest value (default), with
 *   `rms` errors and values by their root mean square, with `absolute` nothing
 * @property {number} [floor] peers' values smaller than this count as this: for what is 0 but for rounding
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {string} group the issue's word for it: student, score, ...
 * @property {string} what one line: sizes, batch
 * @property {string} against who the peer is
 * @property {(context: Context) => Side} ours
 * @property {(context: Context) => Side | undefined} peer undefined where it is not installed
 * @property {number} [flops] of one repetition, both sides: as a direct computation counts them, 2 a multiply-add
 * @property {number} [pairs] at least this many; default 7
 * @property {number} [warmups] repetitions before the first pair; default 1
 * @property {boolean} [once] the sides are plain commands, timed from start to exit
 * @property {readonly Rule[]} [compare] what `outputs` must agree in; none are asked for without it
 * @property {(context: Context) => Promise<void> | void} [setup] before anything starts
 * @property {(context: Context) => Promise<string | void> | string | void} [check] after the last pair: throws where the results are not equal, and may say how equal they are
 * @property {number} [must] ratio that must be reached
 * @property {number} [goal]
 */

export {};
