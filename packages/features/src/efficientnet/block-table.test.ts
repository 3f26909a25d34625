import { readFileSync } from 'node:fs';
import { countParams } from '@blemish/layers';
import { describeShared } from '@blemish-tools/jest';
import { blockTable } from './block-table.js';
import { padsAt } from './padding.js';
import { scaleChannels, scalings, type EfficientNetVariant } from './scaling.js';
import { blockSpecs, stemSpecs } from './weight-specs.js';

describe('blockTable', () => {
  // Parameters of the whole classifiers, as torchvision publishes them.
  it.each([
    ['b0', 16, 5_288_548],
    ['b1', 23, 7_794_184],
    ['b2', 23, 9_109_994],
    ['b3', 26, 12_233_232],
    ['b4', 32, 19_341_616],
    ['b5', 39, 30_389_784],
    ['b6', 45, 43_040_704],
    ['b7', 55, 66_347_960],
  ] as const)('gives %s its %i blocks and, with the head, its %i parameters', (variant, count, parameters) => {
    const { stem, blocks } = blockTable(variant);
    expect(blocks).toHaveLength(count);
    const features = scaleChannels(1280, scalings[variant].width);
    const head = features * ((blocks.at(-1)?.output ?? 0) + 2) + 1000 * (features + 1);
    const body = [stemSpecs(stem), ...blocks.map(blockSpecs)].reduce((sum, specs) => sum + countParams(specs), 0);
    expect(body + head).toBe(parameters);
  });

  it('ends stage 6 where AST taps it', () => {
    expect(blockTable('b5').blocks[35]).toMatchObject({ output: 304, totalStride: 32, skip: true });
    expect(blockTable('b4').blocks[29]).toMatchObject({ output: 272, totalStride: 32, skip: true });
  });
});

interface GoldenBlock {
  readonly idx: number;
  readonly kernel: number;
  readonly stride: number;
  readonly in: number;
  readonly expanded: number;
  readonly out: number;
  readonly se_squeezed: number;
  readonly has_expand_conv: boolean;
  readonly skip: boolean;
  readonly in_hw: number;
  readonly out_hw: number;
  readonly params: number;
  readonly pad_top_bottom_left_right_official_static: readonly number[];
  readonly 'pad_if_computed_from_the_real_input(TF SAME)': readonly number[];
}

interface GoldenTable {
  readonly static_padding_image_size: number;
  readonly input_hw: number;
  readonly stem: { readonly out: number; readonly params_conv_bn: number; readonly pad_top_bottom_left_right: readonly number[] };
  readonly blocks: readonly GoldenBlock[];
}

describeShared('blockTable against efficientnet_pytorch', 'golden/efficientnet', (folder) => {
  it.each([
    ['b0', 'b0_table_64.json'],
    ['b5', 'b5_table_768.json'],
  ] as const)('%s: every block, its pads and its parameters', (variant: EfficientNetVariant, file) => {
    const golden = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as GoldenTable;
    const { stem, blocks } = blockTable(variant);
    const real = padsAt(golden.input_hw, blocks);
    const fixed = padsAt(golden.static_padding_image_size, blocks);
    expect(stem).toBe(golden.stem.out);
    expect(countParams(stemSpecs(stem))).toBe(golden.stem.params_conv_bn);
    expect([...fixed.stem, ...fixed.stem]).toEqual(golden.stem.pad_top_bottom_left_right);

    const ours = blocks.map((block, i) => ({
      idx: block.index,
      kernel: block.kernel,
      stride: block.stride,
      in: block.input,
      expanded: block.expanded,
      out: block.output,
      se_squeezed: block.squeezed,
      has_expand_conv: block.expanded !== block.input,
      skip: block.skip,
      in_hw: Math.ceil((golden.input_hw * block.stride) / block.totalStride),
      out_hw: Math.ceil(golden.input_hw / block.totalStride),
      params: countParams(blockSpecs(block)),
      pad_top_bottom_left_right_official_static: [...(fixed.blocks[i] ?? []), ...(fixed.blocks[i] ?? [])],
      'pad_if_computed_from_the_real_input(TF SAME)': [...(real.blocks[i] ?? []), ...(real.blocks[i] ?? [])],
    }));
    const keys = Object.keys(ours[0] ?? {});
    const theirs = golden.blocks.map((block) => Object.fromEntries(Object.entries(block).filter(([key]) => keys.includes(key))));
    expect(ours).toEqual(theirs);
  });
});
