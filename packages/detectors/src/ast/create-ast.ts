import type { NamedWeights } from '@blemish/features';
import { isUnusedByAstStudent } from '@blemish/student';
import type { Detector, FitOptions } from '../detector.js';
import { calibrated } from '../frame/calibrate-model.js';
import { createDetector } from '../frame/create-detector.js';
import { loadDetectorParts, orDisposed, type LoadOptions } from '../frame/load-detector-parts.js';
import { readModel, type ModelContent } from '../frame/model-file.js';
import { readNetworks } from '../frame/networks.js';
import { createMemoryStore } from '../memory-store.js';
import type { SampleSource } from '../sample.js';
import { astConfigSchema, type AstConfig } from './ast-config.js';
import { prepareAst, type AstOptions } from './prepare-ast.js';

/**
 * An AST detector that has yet to be fitted.
 *
 * @throws Error when weights are needed and absent, or belong to another network
 */
export async function createAst(options: AstOptions): Promise<Detector> {
  return createDetector(await prepareAst(options), undefined);
}

/**
 * Reads the file of an AST model.
 *
 * @param name what errors call the file
 * @throws Error when it is none, or of another version
 */
export function readAstModel(bytes: Uint8Array, name?: string): ModelContent<AstConfig> {
  return readModel(bytes, astConfigSchema, () => ['teacher', 'student'], name);
}

/**
 * An AST detector from a model file.
 *
 * @throws Error when the file is damaged or no AST model, or the weights are not those it was trained with
 */
export async function loadAst(bytes: Uint8Array, options: LoadOptions = {}): Promise<Detector> {
  const content = readAstModel(bytes, options.name);
  const { config } = content.header;
  return loadDetectorParts(content, options, config.backbone?.weights !== 'pretrained', (given) => prepareAst({ config, ...given }));
}

/** State dicts of the official AST code, by the names it saved them under. */
export interface OfficialAst extends AstOptions {
  readonly teacher: NamedWeights;
  readonly student: NamedWeights;
}

/**
 * An AST detector from checkpoints of the official code, whose files hold neither a configuration nor a heat scale: the
 * first is given, the second is taken from good images.
 *
 * @param samples good images
 * @throws Error when a checkpoint does not fit the configuration, naming what is missing or of another shape
 */
export async function importAst(
  { teacher, student, ...options }: OfficialAst,
  samples: SampleSource,
  fitOptions: Pick<FitOptions, 'store' | 'validation' | 'onProgress' | 'signal' | 'helpers'> = {},
): Promise<Detector> {
  const prepared = await prepareAst(options);
  return orDisposed(prepared, async () => {
    const used = new Map([...student].filter(([name]) => !isUnusedByAstStudent(name)));
    const weights = readNetworks(prepared.networks, { teacher, student: used }, 'official checkpoint');
    const fit = { ...fitOptions, store: fitOptions.store ?? createMemoryStore() };
    return createDetector(prepared, await calibrated(prepared, weights, samples, fit, null));
  });
}
