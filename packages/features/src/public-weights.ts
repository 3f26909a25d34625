/** A published weight file: where it is, and how to know it. */
export interface PublicWeights {
  /** The network, as backbones name themselves. */
  readonly network: string;
  /** Its name at the publisher; the eight digits before `.pth` are the start of its SHA-256. */
  readonly fileName: string;
  /** Where the publisher serves it. */
  readonly url: string;
  /** The first digits of the file's SHA-256, to be checked after a download. */
  readonly sha256Prefix: string;
  /** Bytes, where known. */
  readonly size?: number;
  /** What the publisher says of use. */
  readonly licence: string;
  /** Who trained it, on what. */
  readonly source: string;
}

const efficientNets = {
  b0: '355c32eb',
  b1: 'f1951068',
  b2: '8bb594d6',
  b3: '5fb5a3c3',
  b4: '6ed6700e',
  b5: 'b6417697',
  b6: 'c76e70fd',
  b7: 'dcc49843',
} as const;

/** Weights that anybody may download for the backbones here and those to come; data only: `storage` fetches. */
export const publicWeights: readonly PublicWeights[] = [
  ...Object.entries(efficientNets).map(([variant, sha256Prefix]): PublicWeights => {
    const fileName = `efficientnet-${variant}-${sha256Prefix}.pth`;
    return {
      network: `efficientnet-${variant}`,
      fileName,
      url: `https://github.com/lukemelas/EfficientNet-PyTorch/releases/download/1.0/${fileName}`,
      sha256Prefix,
      licence: 'Apache-2.0',
      source: 'efficientnet_pytorch, converted from the checkpoints of Tan and Le (ImageNet-1k)',
    };
  }),
  torchvision('resnet18', 'f37072fd', 46_830_571),
  torchvision('resnet34', 'b627a593', 87_319_819),
  torchvision('resnet50', '0676ba61', 102_530_333),
  torchvision('wide_resnet50_2', '95faca4d', 138_223_492),
];

/** The published weights of a network, or undefined. */
export function findPublicWeights(network: string): PublicWeights | undefined {
  return publicWeights.find((entry) => entry.network === network);
}

function torchvision(network: string, sha256Prefix: string, size: number): PublicWeights {
  const fileName = `${network}-${sha256Prefix}.pth`;
  return {
    network,
    fileName,
    url: `https://download.pytorch.org/models/${fileName}`,
    sha256Prefix,
    size,
    licence: 'BSD-3-Clause',
    source: 'torchvision, IMAGENET1K_V1 (ImageNet-1k)',
  };
}
