import { goldenArray, type GoldenArray } from '@blemish-tools/jest';
import { convSubNetwork, createConditionalFlow, type ConditionalFlow } from '@blemish/flow';

/** The official teacher of a golden training file: kernels 3, 3, 3, 5, clamp 1.9, the file's permutations. */
export function officialTeacher(arrays: ReadonlyMap<string, GoldenArray>, channels: number, conditionChannels: number, hidden: number): ConditionalFlow {
  return createConditionalFlow({
    channels,
    conditionChannels,
    clamp: 1.9,
    permutations: [0, 1, 2, 3].map((k) => goldenArray(arrays, `perm_${k}`).data),
    subNetworks: [3, 3, 3, 5].map((kernel) => convSubNetwork({ hidden, kernel })),
  });
}
