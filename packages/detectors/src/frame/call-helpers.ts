import type { Helper, Helpers } from '../helpers.js';
import type { InOrderOptions } from '../in-order.js';
import type { DetectorHelperParts, DetectorParts, PartWorker } from './detector-parts.js';
import { disposeNetworks, networkArrays, readNetworks, type NetworkWeights } from './networks.js';
import type { PartJob } from './part-job.js';

/**
 * How `inOrder` calls helpers; undefined where there are none, or too little work.
 *
 * @param weights of the networks that jobs will take
 * @param count number of images
 */
export function callHelpers(
  helpers: Helpers | undefined,
  { config, pixels, networks, backbone }: Pick<DetectorParts, 'config' | 'pixels' | 'networks' | 'backbone'>,
  weights: NetworkWeights,
  count: number,
): InOrderOptions['open'] {
  if (helpers === undefined || count < 2 || count * pixels < helpers.worthPixels) return undefined;
  return async () => {
    const parts: DetectorHelperParts = { kind: config.kind, config, backbone: backbone?.weights, networks: await networkArrays(networks, weights) };
    return helpers.open(parts, count);
  };
}

/** A helper that does a detector's jobs. */
export function createPartHelper(worker: PartWorker, { networks }: DetectorHelperParts): Helper {
  const known = Object.fromEntries(Object.entries(worker.networks).filter(([name]) => networks[name] !== undefined));
  const weights = readNetworks(known, networks, 'helper');
  return {
    run: (job) => worker.work(weights, job as PartJob),
    dispose() {
      disposeNetworks(weights);
      worker.dispose();
    },
  };
}
