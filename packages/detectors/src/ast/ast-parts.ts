import type { FeatureExtractor, MapShape } from '../extract-features.js';
import type { AstConfig } from './ast-config.js';
import type { AstNetworks } from './ast-networks.js';
import type { DepthEncoder } from './depth-encoder.js';

/** The parts of an AST detector that training does not change. */
export interface AstParts {
  readonly config: AstConfig;
  /** Absent where no images are looked at. */
  readonly extractor: FeatureExtractor | undefined;
  /** Absent where no depth maps are looked at. */
  readonly depth: DepthEncoder | undefined;
  /** Shape of what the networks take: the backbone's channels, then the depth map's. */
  readonly shape: MapShape;
  readonly networks: AstNetworks;
}
