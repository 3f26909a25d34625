import type { ReceptiveField } from '../descriptor/descriptor-layers.js';
import type { ResNetLevel, ResNetName } from '../resnet/variant.js';

/** The backbone that comes with this package: its network, and the levels that its weights go to. How it was made: `README.md` here. */
export const bundledBackbone: { readonly name: ResNetName; readonly levels: readonly ResNetLevel[] } = {
  name: 'resnet18_half',
  levels: ['layer1', 'layer2', 'layer3'],
};

/** The descriptor network that comes with this package. How it was made: `README.md` here. */
export const bundledDescriptor: { readonly receptiveField: ReceptiveField } = { receptiveField: 33 };
