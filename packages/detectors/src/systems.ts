import type { Modality } from '@blemish/depth';
import { astSystem } from './ast/ast-system.js';
import type { DepthConfig } from './ast/ast-config.js';
import type { Detector, ModelSource } from './detector.js';
import type { LoadOptions } from './frame/load-detector-parts.js';
import { modelKind, readModel } from './frame/model-file.js';
import { stfpmSystem } from './stfpm/stfpm-system.js';
import type { DetectorSystem, SystemConfig } from './system.js';
import { uninformedSystem } from './uninformed-students/uninformed-system.js';

/** All systems; a new one is a line here. */
const all: readonly DetectorSystem[] = [astSystem, stfpmSystem, uninformedSystem];

/** Names of the systems. */
export const systemNames: readonly string[] = all.map(({ name }) => name);

/**
 * The system of a name.
 *
 * @throws Error saying which there are
 */
export function findSystem(name: string): DetectorSystem {
  const found = all.find((system) => system.name === name);
  if (found === undefined) throw new Error(`model: expected one of ${systemNames.join(', ')}, got '${name}'`);
  return found;
}

/** What a model file says about itself and the files it takes; no engine need run to read it. */
export interface ModelFacts {
  /** Its system's name. */
  readonly kind: string;
  readonly modality: Modality;
  /** What it makes of a depth map; null where it looks at none. */
  readonly depth: DepthConfig | null;
  /** What `toBytes` was told about the files of its samples. */
  readonly source: ModelSource | undefined;
}

/**
 * What the model of a file looks at, and how its samples were read.
 *
 * @throws Error when it is no model of ours
 */
export function modelFacts(bytes: Uint8Array, name = 'model'): ModelFacts {
  const { configSchema, name: kind } = systemOf(bytes, name);
  const { config, source } = readModel<SystemConfig>(bytes, configSchema, () => [], name).header;
  return { kind, modality: config.modality, depth: config.depth ?? null, source };
}

/**
 * A detector from a model file of any system.
 *
 * @throws Error when the file is damaged or no model, or the weights are not those it was trained with
 */
export async function loadDetector(bytes: Uint8Array, options: LoadOptions = {}): Promise<Detector> {
  return systemOf(bytes, options.name ?? 'model').load(bytes, options);
}

function systemOf(bytes: Uint8Array, name: string): DetectorSystem {
  const kind = modelKind(bytes, name);
  const found = all.find((system) => system.name === kind);
  if (found === undefined) throw new Error(`${name}: was made by '${kind}'; this version knows ${systemNames.join(', ')}`);
  return found;
}
