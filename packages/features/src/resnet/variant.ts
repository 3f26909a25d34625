/** The residual networks by torchvision's names, and one of half as many channels. */
export type ResNetName = 'resnet18' | 'resnet18_half' | 'resnet34' | 'resnet50' | 'wide_resnet50_2';

/** Where a residual network may be tapped: after each of its four levels. */
export type ResNetLevel = 'layer1' | 'layer2' | 'layer3' | 'layer4';

/** The four levels, shallow to deep. */
export const resnetLevels: readonly ResNetLevel[] = ['layer1', 'layer2', 'layer3', 'layer4'];

/** What tells the networks apart. */
export interface ResNetScaling {
  /** Two convolutions of 3x3, or 1x1, 3x3, 1x1 with four times the channels behind the last. */
  readonly block: 'basic' | 'bottleneck';
  /** Blocks of each level. */
  readonly blocks: readonly [number, number, number, number];
  /** Channels inside a bottleneck of the first level; each level has twice those before. */
  readonly width: number;
  /** Channels of the stem and, without bottlenecks, of the first level. */
  readonly stem: number;
}

/** He et al., CVPR 2016, table 1; Zagoruyko and Komodakis, BMVC 2016, for the wide one. */
export const resnetScalings: Readonly<Record<ResNetName, ResNetScaling>> = {
  resnet18: { block: 'basic', blocks: [2, 2, 2, 2], width: 64, stem: 64 },
  /** For processors: a quarter of the arithmetic. Nobody publishes its weights; `distil-pyramid` makes them. */
  resnet18_half: { block: 'basic', blocks: [2, 2, 2, 2], width: 32, stem: 32 },
  resnet34: { block: 'basic', blocks: [3, 4, 6, 3], width: 64, stem: 64 },
  resnet50: { block: 'bottleneck', blocks: [3, 4, 6, 3], width: 64, stem: 64 },
  wide_resnet50_2: { block: 'bottleneck', blocks: [3, 4, 6, 3], width: 128, stem: 64 },
};

/** Every name that `createResNet` takes. */
export const resnetNames = Object.keys(resnetScalings) as readonly ResNetName[];

/** Whether there is a residual network of that name. */
export function isResNetName(name: string): name is ResNetName {
  return Object.hasOwn(resnetScalings, name);
}
