import { findSystem, type DetectorSystem, type Modality, type SystemConfig, type TeacherFile } from '@blemish/detectors';
import { parse } from 'yaml';
import { describeError, UsageError } from './errors.js';
import { readTextFor } from './read-file-for.js';

/** The options that choose a model's configuration. */
export interface ModelOptions {
  /** The system's name. */
  readonly model: string;
  /** Default: the system's own. */
  readonly preset?: string;
  readonly config?: string;
  readonly seed?: number;
  /** A network's public name, or `bundled`. */
  readonly backbone?: string;
  /** File of the backbone's weights. */
  readonly weights?: string;
  readonly modality?: Modality;
}

/**
 * The configuration of a model: a preset, then a YAML file, then single options, later ones winning. Where neither a backbone
 * nor weights are named, images go through the bundled network, but in presets that keep their own.
 *
 * @param teachers descriptor networks that were named
 * @throws UsageError naming the file or option
 */
export async function modelConfig({ model, preset, config, seed, backbone, weights, modality }: ModelOptions, teachers: readonly TeacherFile[] = []): Promise<SystemConfig> {
  const system = findSystem(model);
  const fromFile = config === undefined ? undefined : await readYaml(config);
  const chosen = { seed, modality };
  const resolved = (...overrides: readonly unknown[]): SystemConfig => {
    try {
      return system.resolve(preset ?? system.defaultPreset, ...overrides);
    } catch (cause) {
      throw new UsageError(`${config === undefined ? '' : `${config}: `}${describeError(cause)}`, { cause });
    }
  };
  const resolve = (before: unknown, after?: unknown): SystemConfig => resolved(before, fromFile, chosen, after);
  if (teachers.length > 0) {
    if (system.withTeachers === undefined) throw new UsageError(`--teacher: ${system.title} learns from no descriptor networks`);
    if (backbone !== undefined) throw new UsageError('--backbone: give it or --teacher, not both');
    return resolve(undefined, system.withTeachers(teachers));
  }
  if (backbone !== undefined && backbone !== bundledName) return resolve(undefined, backboneOverride(system, resolve(undefined), backbone));
  if (backbone === undefined && (weights !== undefined || namesNetwork(fromFile))) return resolve(undefined);
  // The rest of the file may fit the bundled network and not the preset's own.
  const bare = resolved({ modality: fromFile?.['modality'] }, { modality });
  const settings = system.withBundled(bare);
  if (settings === undefined && backbone === bundledName) throw new UsageError(`--backbone: preset ${bare.preset} with modality ${bare.modality} takes no bundled network`);
  return resolve(settings);
}

/** What `--backbone` calls the network that comes with the packages. */
const bundledName = 'bundled';

/** Whether a file of settings says which network images go through, or where its weights come from. */
function namesNetwork(settings: Readonly<Record<string, unknown>> | undefined): boolean {
  return ['backbone', 'teachers'].some((key) => {
    const given = settings?.[key];
    return given === null || (typeof given === 'object' && ['name', 'weights', 'receptiveFields'].some((name) => name in given));
  });
}

/** The settings that put another backbone in the place of the configuration's. */
function backboneOverride(system: DetectorSystem, config: SystemConfig, name: string): unknown {
  try {
    return system.withBackbone(config, name);
  } catch (cause) {
    throw new UsageError(`--backbone: ${describeError(cause)}`, { cause });
  }
}

async function readYaml(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readTextFor(path, 'the configuration').catch((cause: unknown) => {
    throw new UsageError(describeError(cause), { cause });
  });
  const value = parsed(text, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const got = value === null ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw new UsageError(`${path}: expected settings by name, got ${got}`);
  }
  return value as Record<string, unknown>;
}

function parsed(text: string, path: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (cause) {
    // below its first line the message shows the place in the text
    const [line = ''] = (cause as Error).message.split('\n');
    throw new UsageError(`${path}: is not YAML: ${line.replace(/:$/, '')}`, { cause });
  }
}
