/** Where a frozen network's weights come from: a file that is given, the seed, or the packages themselves. */
export const weightOrigins = ['pretrained', 'random', 'bundled'] as const;

/** Where a frozen network's weights come from. */
export type WeightOrigin = (typeof weightOrigins)[number];
