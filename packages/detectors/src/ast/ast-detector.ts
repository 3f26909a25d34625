import { paramsToArrays } from '@blemish/layers';
import type { Detector, ScoredSample } from '../detector.js';
import { engineName } from '../engine-name.js';
import { inOrder, valueOf } from '../in-order.js';
import { createMemoryStore } from '../memory-store.js';
import { samplesSource } from '../samples-source.js';
import { ownSize, type SampleSource } from '../sample.js';
import { disposeWeights, fitAst } from './ast-fit.js';
import { writeAstModel, type AstModelHeader } from './ast-model-file.js';
import { callHelpers } from './ast-helper.js';
import { astScore } from './ast-score.js';
import type { AstFitOptions, AstWeights } from './ast-session.js';
import { distancesTask, inputsTask } from './ast-tasks.js';
import { calibrateAst, type Calibration } from './calibrate-ast.js';
import type { PreparedAst } from './prepare-ast.js';

/** What a fitted detector knows beside its configuration. */
export interface FittedAst extends Calibration {
  readonly weights: AstWeights;
  readonly training: AstModelHeader['training'];
  readonly source?: AstModelHeader['source'];
}

/** An AST detector over its frozen parts, which it owns; fitted, or yet to be. */
export function astDetector(prepared: PreparedAst, initial: FittedAst | undefined): Detector {
  const { config, networks } = prepared;
  let fitted = initial;

  function ready(): FittedAst {
    if (fitted === undefined) throw new Error('ast: expected a fitted model; call fit or load one first');
    return fitted;
  }

  function release(): void {
    if (fitted !== undefined) disposeWeights(fitted.weights);
    fitted = undefined;
  }

  return {
    kind: 'ast',
    modality: config.modality,
    inputSize: config.backbone === null ? undefined : config.imageSize,
    reduction: config.score.reduction,
    get heatScale() {
      return fitted?.heatScale;
    },
    get threshold() {
      return fitted?.threshold;
    },

    async fit(samples, given = {}) {
      const options = { ...given, store: given.store ?? createMemoryStore() };
      const { weights, report } = await fitAst(prepared, samples, options);
      const start = performance.now();
      const next = await calibrated(prepared, weights, samples, options, {
        images: samples.length,
        batch: report.batch,
        engine: engineName(),
      });
      release();
      fitted = next;
      return { ...report, seconds: { ...report.seconds, calibration: (performance.now() - start) / 1000 } };
    },

    async score(batch, { mapSize } = {}) {
      const { weights } = ready();
      const source = samplesSource(batch);
      const task = distancesTask(prepared, weights, source, inputsTask(prepared, source, undefined));
      const scored: ScoredSample[] = [];
      for (const [index, sample] of batch.entries()) {
        scored.push(astScore(prepared, sample.id, await valueOf(task, index), mapSize ?? ownSize(sample)));
      }
      return scored;
    },

    async *scoreSource(samples, { mapSize, store, onProgress, signal, helpers } = {}) {
      const { weights } = ready();
      const images = Array.from({ length: samples.length }, (_, i) => i);
      samples.prefetch?.(images);
      const task = distancesTask(prepared, weights, samples, inputsTask(prepared, samples, store));
      let index = 0;
      for await (const distances of inOrder(task, { images, open: callHelpers(helpers, prepared, weights, images.length), signal })) {
        yield astScore(prepared, samples.id(index), distances, mapSize ?? (await samples.size(index)));
        index++;
        onProgress?.(index, samples.length);
      }
    },

    async toBytes({ backbone = true, source = ready().source } = {}) {
      const { weights, heatScale, threshold, training } = ready();
      const { backbone: frozen, backboneWeights } = prepared;
      return writeAstModel({
        header: {
          format: 'blemish-model',
          version: 1,
          config,
          backbone: frozen === undefined ? null : { ...frozen, included: backbone },
          heatScale,
          threshold: threshold ?? null,
          ...(source && { source }),
          training,
        },
        teacher: await paramsToArrays(weights.teacher, networks.teacher.specs),
        student: await paramsToArrays(weights.student, networks.student.specs),
        backbone: backbone ? backboneWeights : undefined,
      });
    },

    dispose() {
      release();
      prepared.dispose();
    },
  };
}

/** Calibrates trained weights on good images; disposes the weights where that fails. */
export async function calibrated(
  prepared: PreparedAst,
  weights: AstWeights,
  samples: SampleSource,
  options: AstFitOptions,
  training: FittedAst['training'],
): Promise<FittedAst> {
  try {
    return { weights, ...(await calibrateAst(prepared, weights, samples, options)), training };
  } catch (error) {
    disposeWeights(weights);
    throw error;
  }
}
