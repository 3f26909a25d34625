import type { Detector, ScoredSample } from '../detector.js';
import { engineName } from '../engine-name.js';
import { inOrder, valueOf } from '../in-order.js';
import { createMemoryStore } from '../memory-store.js';
import { ownSize } from '../sample.js';
import { samplesSource } from '../samples-source.js';
import { calibrated } from './calibrate-model.js';
import { callHelpers } from './call-helpers.js';
import type { DetectorParts, FittedModel } from './detector-parts.js';
import { writeModel } from './model-file.js';
import { disposeNetworks, networkArrays } from './networks.js';

/** A detector over a system's parts, which it owns; fitted, or yet to be. */
export function createDetector<Raw>(parts: DetectorParts<Raw>, initial: FittedModel | undefined): Detector {
  const { config, networks } = parts;
  let fitted = initial;

  function ready(): FittedModel {
    if (fitted === undefined) throw new Error(`${config.kind}: expected a fitted model; call fit or load one first`);
    return fitted;
  }

  function release(): void {
    if (fitted !== undefined) disposeNetworks(fitted.weights);
    fitted = undefined;
  }

  return {
    kind: config.kind,
    modality: config.modality,
    inputSize: parts.inputSize,
    reduction: config.score.reduction,
    get heatScale() {
      return fitted?.heatScale;
    },
    get threshold() {
      return fitted?.threshold;
    },

    async fit(samples, given = {}) {
      const options = { ...given, store: given.store ?? createMemoryStore() };
      try {
        const { weights, report } = await parts.fit(samples, options);
        const start = performance.now();
        const next = await calibrated(parts, weights, samples, options, {
          images: samples.length,
          batch: report.batch,
          engine: engineName(),
        });
        release();
        fitted = next;
        return { ...report, seconds: { ...report.seconds, calibration: (performance.now() - start) / 1000 } };
      } catch (error) {
        parts.forget?.(); // of weights that are freed by now
        throw error;
      }
    },

    async score(batch, { mapSize } = {}) {
      const { weights } = ready();
      const task = parts.rawTask(weights, samplesSource(batch), undefined);
      const scored: ScoredSample[] = [];
      for (const [index, sample] of batch.entries()) {
        scored.push(parts.score(sample.id, await valueOf(task, index), mapSize ?? ownSize(sample)));
      }
      return scored;
    },

    async *scoreSource(samples, { mapSize, store, onProgress, signal, helpers } = {}) {
      const { weights } = ready();
      const images = Array.from({ length: samples.length }, (_, i) => i);
      samples.prefetch?.(images);
      const task = parts.rawTask(weights, samples, store);
      let index = 0;
      for await (const raw of inOrder(task, { images, open: callHelpers(helpers, parts, weights, images.length), signal })) {
        yield parts.score(samples.id(index), raw, mapSize ?? (await samples.size(index)));
        index++;
        onProgress?.(index, samples.length);
      }
    },

    async toBytes({ backbone: included = true, source = ready().source } = {}) {
      const { weights, heatScale, threshold, training } = ready();
      const { backbone } = parts;
      return writeModel({
        header: {
          format: 'blemish-model',
          version: 1,
          config,
          backbone: backbone === undefined ? null : { name: backbone.name, hash: backbone.hash, included },
          heatScale,
          threshold: threshold ?? null,
          ...(source && { source }),
          training,
        },
        networks: await networkArrays(networks, weights),
        backbone: included ? backbone?.weights : undefined,
      });
    },

    dispose() {
      release();
      parts.dispose();
    },
  };
}
