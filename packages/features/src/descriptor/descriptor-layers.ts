/** Side of the square that a patch descriptor describes, in pixels. */
export type ReceptiveField = 17 | 33 | 65;

/** Which patch network it is. */
export interface DescriptorOptions {
  readonly receptiveField: ReceptiveField;
  /** Channels of the third 5x5 convolution of p = 65, on which re-implementations disagree. Default 128; no other p has it. */
  readonly third?: 128 | 256;
}

/** A convolution with a square filter, no padding, or the maximum over 2x2. */
export type DescriptorLayer =
  | { readonly kind: 'convolution'; readonly name: string; readonly side: number; readonly inputs: number; readonly outputs: number }
  | { readonly kind: 'pool' };

/** Channels of every descriptor. */
export const descriptorChannels = 128;

type Row = readonly [side: number, outputs: number] | 'pool';

/**
 * The layers of a patch network (Bergmann et al., CVPR 2020, tables 6 to 8), convolutions named `conv1`, `conv2` ...
 *
 * @throws Error for an unknown receptive field, or a third where there is none
 */
export function descriptorLayers({ receptiveField, third }: DescriptorOptions): readonly DescriptorLayer[] {
  const tables: Readonly<Record<ReceptiveField, readonly Row[]>> = {
    17: [[6, 128], [5, 256], [5, 256], [4, descriptorChannels]],
    33: [[5, 128], 'pool', [5, 256], 'pool', [2, 256], [4, descriptorChannels]],
    65: [[5, 128], 'pool', [5, 128], 'pool', [5, third ?? 128], 'pool', [4, 256], [1, descriptorChannels]],
  };
  if (!Object.hasOwn(tables, receptiveField)) throw new Error(`receptiveField: expected 17, 33 or 65, got ${receptiveField}`);
  if (third !== undefined && third !== 128 && third !== 256) throw new Error(`third: expected 128 or 256, got ${String(third)}`);
  if (third !== undefined && receptiveField !== 65) throw new Error(`third: expected with receptiveField 65 only, got it with ${receptiveField}`);

  let inputs = 3;
  let number = 0;
  return tables[receptiveField].map((row): DescriptorLayer => {
    if (row === 'pool') return { kind: 'pool' };
    const [side, outputs] = row;
    const layer = { kind: 'convolution', name: `conv${++number}`, side, inputs, outputs } as const;
    inputs = outputs;
    return layer;
  });
}
