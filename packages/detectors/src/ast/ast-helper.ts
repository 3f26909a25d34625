import { disposeParams, paramsFromArrays, paramsToArrays, type FloatArray, type Params } from '@blemish/layers';
import type { NamedWeights } from '@blemish/features';
import type { Helper, HelperParts, Helpers } from '../helpers.js';
import type { InOrderOptions } from '../in-order.js';
import type { AstConfig } from './ast-config.js';
import { doAstJob, type AstJob } from './ast-job.js';
import { createAstNetworks } from './ast-networks.js';
import type { AstParts, AstWeights } from './ast-session.js';
import { createBackbone, createExtractor, frozenParts } from './prepare-ast.js';

/** What a helper needs to know of an AST detector; weights as files keep them. */
export interface AstHelperParts extends HelperParts {
  readonly kind: 'ast';
  readonly config: AstConfig;
  readonly backbone: NamedWeights | undefined;
  /** The networks that jobs will take. */
  readonly teacher: ReadonlyMap<string, FloatArray> | undefined;
  readonly student: ReadonlyMap<string, FloatArray> | undefined;
}

/** True for parts that {@link createAstHelper} takes. */
export function isAstHelperParts(parts: HelperParts): parts is AstHelperParts {
  return parts.kind === 'ast';
}

/**
 * How {@link inOrder} calls helpers; undefined where there are none, or too little work.
 *
 * @param weights of the networks that jobs will take
 * @param count number of images
 */
export function callHelpers(
  helpers: Helpers | undefined,
  { config, extractor, depth, networks, backboneWeights }: AstParts,
  { teacher, student }: Partial<AstWeights>,
  count: number,
): InOrderOptions['open'] {
  const [height, width] = extractor?.inputSize ?? [depth?.size ?? 0, depth?.size ?? 0];
  if (helpers === undefined || count < 2 || count * height * width < helpers.worthPixels) return undefined;
  return async () => {
    const parts: AstHelperParts = {
      kind: 'ast',
      config,
      backbone: backboneWeights,
      teacher: teacher && (await paramsToArrays(teacher, networks.teacher.specs)),
      student: student && (await paramsToArrays(student, networks.student.specs)),
    };
    return helpers.open(parts, count);
  };
}

/** A helper of an AST detector. */
export function createAstHelper({ config, backbone: given, teacher, student }: AstHelperParts): Helper {
  const backbone = createBackbone(config);
  const params: Params = {}; // the backbone's
  let unloaded: NamedWeights | undefined = given; // until the first image that takes them
  const frozen = frozenParts(config, backbone && createExtractor(config, backbone, 'without a store', params));
  const networks = createAstNetworks(config, frozen.shape);
  const weights: Partial<AstWeights> = {
    ...(teacher && { teacher: paramsFromArrays(teacher, networks.teacher.specs) }),
    ...(student && { student: paramsFromArrays(student, networks.student.specs) }),
  };
  return {
    async run(job) {
      const { from } = job as AstJob;
      if (from.image !== undefined && from.features === undefined && backbone !== undefined && unloaded !== undefined) {
        Object.assign(params, backbone.load(unloaded));
        unloaded = undefined;
      }
      return doAstJob({ config, ...frozen, networks }, weights, job as AstJob);
    },
    dispose() {
      for (const owned of [params, weights.teacher, weights.student]) if (owned !== undefined) disposeParams(owned);
      networks.condition?.dispose();
    },
  };
}
