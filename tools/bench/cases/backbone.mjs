// @ts-check
import { blockTable } from '@blemish/features';
import { nodeSide, peerSide } from '../lib/sides.mjs';

const size = 768;
const networks = /** @type {const} */ ([
  { variant: 'b4', tap: 29 },
  { variant: 'b5', tap: 35 },
]);
const forms = /** @type {const} */ ([
  { form: 'module', folded: false, against: 'PyTorch, ordinary module', must: 1 },
  { form: 'folded', folded: true, against: 'PyTorch, batch norm folded, in place', goal: 1.2 },
]);

/** EfficientNet up to the tap that AST reads, frozen, against PyTorch as most would write it and as one may with care. @type {import('../lib/case.mjs').Case[]} */
export const cases = networks.flatMap(({ variant, tap }) =>
  [1, 8].flatMap((batch) =>
    forms.map(({ form, folded, against, ...aims }) => ({
      name: `backbone ${variant} batch ${batch}, ${form}`,
      group: 'backbone',
      what: `EfficientNet-${variant.toUpperCase()} to block ${tap}, ${batch} x ${size} x ${size} x 3 in [0,1] to features`,
      against,
      flops: batch * operations(variant, tap),
      ours: nodeSide('backbone.mjs', { variant, tap, batch, size }),
      peer: peerSide('backbone.py', { variant, tap, folded }, { variants: [{ name: 'NCHW' }, { name: 'channels_last', args: ['channels_last'] }] }),
      compare: [{ prefix: 'features', tolerance: 1e-5 }],
      ...aims,
    })),
  ),
);

/**
 * Operations of the convolutions of one image, 2 a multiply-add.
 *
 * @param {'b4' | 'b5'} variant
 * @param {number} tap
 */
function operations(variant, tap) {
  const { stem, blocks } = blockTable(variant);
  let side = size / 2;
  let products = 9 * 3 * stem * side ** 2;
  for (const { kernel, stride, input, expanded, squeezed, output } of blocks.slice(0, tap + 1)) {
    if (expanded !== input) products += input * expanded * side ** 2;
    side /= stride;
    products += (kernel ** 2 * expanded + expanded * output) * side ** 2 + 2 * expanded * squeezed;
  }
  return 2 * products;
}
