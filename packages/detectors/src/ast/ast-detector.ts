import { paramsToArrays } from '@blemish/layers';
import type { Detector, ScoredSample } from '../detector.js';
import { engineName } from '../engine-name.js';
import { inOrder } from '../in-order.js';
import { createMemoryStore } from '../memory-store.js';
import type { SampleSource } from '../sample.js';
import { disposeWeights, fitAst } from './ast-fit.js';
import { writeAstModel, type AstModelHeader } from './ast-model-file.js';
import { callHelpers } from './ast-helper.js';
import { doAstJob, jobOf } from './ast-job.js';
import { astScore } from './ast-score.js';
import type { AstFitOptions, AstWeights } from './ast-session.js';
import { distancesTask, featuresTask } from './ast-tasks.js';
import { calibrateAst, type Calibration } from './calibrate-ast.js';
import type { PreparedAst } from './prepare-ast.js';

/** What a fitted detector knows beside its configuration. */
export interface FittedAst extends Calibration {
  readonly weights: AstWeights;
  readonly training: AstModelHeader['training'];
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
    inputSize: config.imageSize,
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
      const scored: ScoredSample[] = [];
      for (const sample of batch) {
        const [height, width] = sample.image.shape as [number, number];
        const size = mapSize ?? sample.size ?? [height, width];
        const { distance } = await doAstJob(prepared, ready().weights, jobOf(sample, ['distance']));
        scored.push(astScore(prepared, sample.id, distance as Float32Array, size));
      }
      return scored;
    },

    async *scoreSource(samples, { mapSize, store, onProgress, signal, helpers } = {}) {
      const { weights } = ready();
      const images = Array.from({ length: samples.length }, (_, i) => i);
      samples.prefetch?.(images);
      const task = distancesTask(prepared, weights, samples, featuresTask(prepared, samples, store));
      let index = 0;
      for await (const distance of inOrder(task, { images, open: callHelpers(helpers, prepared, weights, images.length), signal })) {
        yield astScore(prepared, samples.id(index), distance, mapSize ?? (await samples.size(index)));
        index++;
        onProgress?.(index, samples.length);
      }
    },

    async toBytes({ backbone = true } = {}) {
      const { weights, heatScale, threshold, training } = ready();
      const { backboneName, hash, backboneWeights } = prepared;
      return writeAstModel({
        header: {
          format: 'blemish-model',
          version: 1,
          config,
          backbone: { name: backboneName, hash, included: backbone },
          heatScale,
          threshold: threshold ?? null,
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
