import type { Modality } from '@blemish/depth';
import type { NamedWeights, StoredDescriptor } from '@blemish/features';
import type { z } from 'zod';
import type { DepthConfig } from './ast/ast-config.js';
import type { Detector } from './detector.js';
import type { CommonConfig, DetectorHelperParts } from './frame/detector-parts.js';
import type { LoadOptions } from './frame/load-detector-parts.js';
import type { WeightOrigin } from './frame/weight-origins.js';
import type { Helper } from './helpers.js';

/** What every configuration tells those who join a system with files. */
export interface SystemConfig extends CommonConfig {
  readonly modality: Modality;
  /** The frozen network that images go through; null where there is none. */
  readonly backbone: { readonly name: string; readonly weights: WeightOrigin } | null;
  /** The descriptor networks that are learned from; absent where a system learns from none. */
  readonly teachers?: { readonly weights: WeightOrigin };
  /** What is made of a depth map; null or absent where none is looked at. */
  readonly depth?: DepthConfig | null;
}

/** A descriptor network out of a file, which students learn from. */
export interface TeacherFile extends Pick<StoredDescriptor, 'descriptor' | 'weights'> {
  /** What errors call the file. */
  readonly source: string;
}

/** What a new detector is made of. */
export interface CreateOptions<Config = SystemConfig> {
  readonly config: Config;
  /** Weights of the backbone by the names of their origin; needed where the configuration says `pretrained`. */
  readonly backboneWeights?: NamedWeights | undefined;
  /** What errors call these weights, such as their file. */
  readonly weightsSource?: string | undefined;
  /** Descriptor networks, for a system that learns from such. */
  readonly teachers?: readonly TeacherFile[] | undefined;
}

/** One way to find defects: everything that the command line, a server and a browser need to know of it. */
export interface DetectorSystem<Config extends SystemConfig = SystemConfig> {
  /** Its name in configurations, model files and on the command line. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  readonly presets: readonly string[];
  /** The one that is meant where none is named. */
  readonly defaultPreset: string;
  readonly configSchema: z.ZodType<Config>;
  /**
   * A preset with some of its settings replaced, later ones winning.
   *
   * @throws Error naming the setting, what was expected and what came
   */
  resolve(preset: string, ...overrides: readonly unknown[]): Config;
  /**
   * The settings that put another backbone in the place of a configuration's.
   *
   * @throws Error saying which there are
   */
  withBackbone(config: Config, name: string): unknown;
  /**
   * The settings that put the network that comes with `@blemish/features` in the place of a preset's, to be overridden by
   * everything else that is chosen; undefined where the preset keeps its own, or looks at no image.
   */
  withBundled(config: Config): unknown;
  /** The settings that name the descriptor networks given; absent where a system learns from none. */
  withTeachers?(teachers: readonly TeacherFile[]): unknown;
  create(options: CreateOptions<Config>): Promise<Detector>;
  load(bytes: Uint8Array, options?: LoadOptions): Promise<Detector>;
  /** A helper for one of its detectors. */
  createHelper(parts: DetectorHelperParts): Helper;
}
