// @ts-check
import { fixed, markdownTable } from './markdown-table.mjs';
import { mean } from './spearman.mjs';
import { ablations, modes, shows } from './synthetic-plan.mjs';

/**
 * @typedef {import('./synthetic-plan.mjs').Modality} Modality
 *
 * @typedef {object} Measured
 * @property {number} seed of the parts, and of the model
 * @property {string} part
 * @property {Modality} modality
 * @property {number} image_AUROC
 * @property {number} AUPRO
 * @property {Record<string, number>} image_AUROC_by_defect
 *
 * @typedef {Measured & {ablation?: string, pixel_AUROC: number, seconds: Record<string, number>, commit: string, command: string}} SyntheticRun
 * @typedef {Measured & {baseline: string}} SyntheticBaseline
 */

const kinds = Object.values(shows).flat();

/** @param {number | undefined} value a share, as percent */
const percent = (value) => fixed(value === undefined ? undefined : 100 * value, 1);

/**
 * Mean over runs of one number, and over the seeds' means their standard deviation.
 *
 * @param {readonly Measured[]} runs
 * @param {(run: Measured) => number | undefined} number
 */
export function overSeeds(runs, number) {
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const bySeed = seeds.map((seed) => mean(runs.filter((run) => run.seed === seed).map((run) => number(run) ?? NaN)));
  const middle = mean(bySeed);
  const deviation = seeds.length > 1 ? Math.sqrt(bySeed.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (seeds.length - 1)) : undefined;
  return { mean: middle, deviation };
}

/** @param {readonly Measured[]} runs @param {(run: Measured) => number | undefined} number */
function cell(runs, number) {
  const { mean: middle, deviation } = overSeeds(runs, number);
  return deviation === undefined ? percent(middle) : `${percent(middle)} ±${percent(deviation)}`;
}

/**
 * The tables of the synthetic benchmark.
 *
 * @param {{runs: readonly SyntheticRun[], baselines: readonly SyntheticBaseline[], origin: string}} results
 */
export function syntheticReport({ runs, baselines, origin }) {
  const whole = runs.filter(({ ablation }) => ablation === undefined);
  const parts = [...new Set(whole.map(({ part }) => part))];
  const names = [...new Set(baselines.map(({ baseline }) => baseline))];
  const ofMode = (/** @type {Modality} */ mode) => whole.filter(({ modality }) => modality === mode);
  /** @type {{label: string, own: readonly Measured[]}[]} */
  const rows = [
    ...modes.map((mode) => ({ label: `AST, ${mode}`, own: ofMode(mode) })),
    ...names.flatMap((name) => modes.map((mode) => ({ label: `${name}, ${mode}`, own: baselines.filter(({ baseline, modality }) => baseline === name && modality === mode) }))),
  ].filter(({ own }) => own.length > 0);
  const byPart = parts.flatMap((part) => rows.slice(0, modes.length).map(({ label, own }) => ({ label: `${part}: ${label}`, own: own.filter((run) => run.part === part) })));
  const header = ['', 'image AUROC', 'AU-PRO', ...kinds];
  const line = (/** @type {{label: string, own: readonly Measured[]}} */ { label, own }) => [
    label,
    cell(own, (run) => run.image_AUROC),
    cell(own, (run) => run.AUPRO),
    ...kinds.map((kind) => percent(overSeeds(own, (run) => run.image_AUROC_by_defect[kind]).mean)),
  ];
  const ablated = runs.filter(({ ablation }) => ablation !== undefined);
  const [ablatedSeeds, ablatedParts] = [new Set(ablated.map(({ seed }) => seed)), new Set(ablated.map(({ part }) => part))];
  const ablationRows = modes.flatMap((mode) => {
    const own = ablated.filter(({ modality }) => modality === mode);
    if (own.length === 0) return [];
    const full = ofMode(mode).filter(({ seed, part }) => ablatedSeeds.has(seed) && ablatedParts.has(part));
    const named = { mask: 'without the mask', 'positional encoding': 'without positional encoding', likelihood: "the teacher's likelihood alone" };
    return [
      { label: `${mode}: as above`, own: full },
      ...ablations.map((name) => ({ label: `${mode}: ${named[/** @type {keyof typeof named} */ (name)]}`, own: own.filter(({ ablation }) => ablation === name) })),
    ];
  });
  const seconds = modes.map((mode) => `${mode} ${fixed(mean(ofMode(mode).map(({ seconds: own }) => Object.values(own).reduce((a, b) => a + b, 0))), 0)}`);
  return [
    `${origin} Seeds ${[...new Set(whole.map(({ seed }) => seed))].join(', ')}, each of the parts and of the model; ${parts.join(', ')}.`,
    `Percent; mean over parts, then over seeds, ± standard deviation of the seeds' means. The columns of defects are image AUROC of one kind against the good parts; ${list(shows.colour)} show in colour alone, ${list(shows.depth)} in depth alone, ${list(shows.both)} in both.`,
    markdownTable(header, rows.map(line)),
    'By part:',
    markdownTable(header, byPart.map(line)),
    `Seconds of training, mean of a run, features included unless kept: ${seconds.join(', ')}.`,
    ...(ablationRows.length > 0 ? [`Ablation, seed ${[...ablatedSeeds].join(', ')}, mean over ${[...ablatedParts].join(', ')}:`, markdownTable(header, ablationRows.map(line))] : []),
  ].join('\n\n');
}

/**
 * What the benchmark must show.
 *
 * @param {readonly SyntheticRun[]} runs
 * @param {import('./checklist.mjs').Checklist} checks
 */
export function checkSynthetic(runs, checks) {
  const whole = runs.filter(({ ablation }) => ablation === undefined);
  const of = (/** @type {Modality} */ mode, /** @type {(run: Measured) => number | undefined} */ number) =>
    overSeeds(whole.filter(({ modality }) => modality === mode), number).mean;
  for (const metric of /** @type {const} */ (['image_AUROC', 'AUPRO'])) {
    const [rgb, depth, both] = modes.map((mode) => of(mode, (run) => run[metric]));
    checks.check(Number(both) > Math.max(Number(rgb), Number(depth)), `${metric}: rgb+depth beats rgb and depth`, `${percent(both)} against ${percent(rgb)} and ${percent(depth)}`);
  }
  for (const [sees, blind, defects] of /** @type {const} */ ([['depth', 'rgb', shows.depth], ['rgb', 'depth', shows.colour]])) {
    for (const kind of defects) {
      const [found, missed] = [of(sees, (run) => run.image_AUROC_by_defect[kind]), of(blind, (run) => run.image_AUROC_by_defect[kind])];
      checks.check(found >= 0.8 && missed < 0.6, `${kind}: found by ${sees} (at least 80 %), not by ${blind} (below 60 %)`, `${percent(found)}, ${percent(missed)}`);
    }
  }
}

/** @param {readonly string[]} words */
function list(words) {
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
