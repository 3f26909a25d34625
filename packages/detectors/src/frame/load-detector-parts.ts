import type { NamedWeights } from '@blemish/features';
import type { Detector } from '../detector.js';
import { createDetector } from './create-detector.js';
import type { DetectorParts } from './detector-parts.js';
import type { ModelContent } from './model-file.js';
import { readNetworks } from './networks.js';

/** What loading a model file takes beside its bytes. */
export interface LoadOptions {
  /** Needed where the file leaves the backbone out. */
  readonly backboneWeights?: NamedWeights | undefined;
  /** What errors call the file. Default `model`. */
  readonly name?: string;
}

/** The weights of the backbone that a model file needs, and what errors call them. */
export interface GivenBackbone {
  readonly backboneWeights?: NamedWeights;
  readonly weightsSource: string;
}

/**
 * A detector from what a model file holds.
 *
 * @param prepare builds the system's parts over a backbone's weights
 * @param own whether the backbone's weights are drawn or bundled, so that none need be there
 * @throws Error when weights are needed and absent, or are not those that the model was trained with
 */
export async function loadDetectorParts<Raw>(
  { header, networks, backbone }: ModelContent,
  { backboneWeights, name = 'model' }: LoadOptions,
  own: boolean,
  prepare: (given: GivenBackbone) => Promise<DetectorParts<Raw>>,
): Promise<Detector> {
  const given = backbone ?? backboneWeights;
  if (header.backbone !== null && given === undefined && !own) {
    const { hash, name: network } = header.backbone;
    throw new Error(`${name}: leaves its backbone out; give the weights of ${network} with hash ${hash.slice(0, 12)}`);
  }
  const parts = await prepare({ ...(given && { backboneWeights: given }), weightsSource: backbone ? name : 'backbone weights' });
  return orDisposed(parts, () => {
    const [trained, got] = [header.backbone?.hash, parts.backbone?.hash];
    if (got !== trained) throw new Error(`${name}: was trained with backbone weights ${String(trained).slice(0, 12)}, got ${String(got).slice(0, 12)}${given === undefined ? ` of these packages; give those of ${header.backbone?.name}` : ''}`);
    const { heatScale, threshold, source, training } = header;
    const weights = readNetworks(parts.networks, networks, name);
    return createDetector(parts, { weights, heatScale, threshold: threshold ?? undefined, source, training });
  });
}

/** What `work` makes of a system's parts; they are freed where it fails. */
export async function orDisposed<Raw>(parts: DetectorParts<Raw>, work: () => Detector | Promise<Detector>): Promise<Detector> {
  try {
    return await work();
  } catch (error) {
    parts.dispose();
    throw error;
  }
}
