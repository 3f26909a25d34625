import type { NamedWeights } from '@blemish/features';
import { disposeParams, paramsFromArrays } from '@blemish/layers';
import { isUnusedByAstStudent } from '@blemish/student';
import type { Detector, FitOptions } from '../detector.js';
import { createMemoryStore } from '../memory-store.js';
import type { SampleSource } from '../sample.js';
import { astDetector, calibrated } from './ast-detector.js';
import { readAstModel } from './ast-model-file.js';
import type { AstNetworks } from './ast-networks.js';
import type { AstWeights } from './ast-session.js';
import { prepareAst, type AstOptions, type PreparedAst } from './prepare-ast.js';

/**
 * An AST detector that has yet to be fitted.
 *
 * @throws Error when weights are needed and absent, or belong to another network
 */
export async function createAst(options: AstOptions): Promise<Detector> {
  return astDetector(await prepareAst(options), undefined);
}

/** What loading a model file takes beside its bytes. */
export interface LoadAstOptions {
  /** Needed where the file leaves the backbone out. */
  readonly backboneWeights?: NamedWeights;
  /** What errors call the file. Default `model`. */
  readonly name?: string;
}

/**
 * An AST detector from a model file.
 *
 * @throws Error when the file is damaged or no AST model, or the weights are not those it was trained with
 */
export async function loadAst(bytes: Uint8Array, { backboneWeights, name = 'model' }: LoadAstOptions = {}): Promise<Detector> {
  const { header, teacher, student, backbone } = readAstModel(bytes, name);
  const given = backbone ?? backboneWeights;
  if (header.backbone !== null && given === undefined && header.config.backbone?.weights === 'pretrained') {
    const { hash, name: network } = header.backbone;
    throw new Error(`${name}: leaves its backbone out; give the weights of ${network} with hash ${hash.slice(0, 12)}`);
  }
  const prepared = await prepareAst({
    config: header.config,
    ...(given && { backboneWeights: given }),
    weightsSource: backbone ? name : 'backbone weights',
  });
  return orDisposed(prepared, () => {
    const [trained, got] = [header.backbone?.hash, prepared.backbone?.hash];
    if (got !== trained) throw new Error(`${name}: was trained with backbone weights ${String(trained).slice(0, 12)}, got ${String(got).slice(0, 12)}`);
    const weights = readWeights(prepared.networks, teacher, student, name);
    const { heatScale, threshold, source, training } = header;
    return astDetector(prepared, { weights, heatScale, threshold: threshold ?? undefined, source, training });
  });
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
    const weights = readWeights(prepared.networks, teacher, student, 'official checkpoint');
    const fit = { ...fitOptions, store: fitOptions.store ?? createMemoryStore() };
    return astDetector(prepared, await calibrated(prepared, weights, samples, fit, null));
  });
}

function readWeights(networks: AstNetworks, teacher: NamedWeights, student: NamedWeights, name: string): AstWeights {
  const first = paramsFromArrays(teacher, networks.teacher.specs, { source: `${name}, teacher` });
  try {
    const source = `${name}, student`;
    return { teacher: first, student: paramsFromArrays(student, networks.student.specs, { source, ignore: isUnusedByAstStudent }) };
  } catch (error) {
    disposeParams(first);
    throw error;
  }
}

async function orDisposed(prepared: PreparedAst, work: () => Detector | Promise<Detector>): Promise<Detector> {
  try {
    return await work();
  } catch (error) {
    prepared.dispose();
    throw error;
  }
}
