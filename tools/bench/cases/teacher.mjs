// @ts-check
import { networkFlops, quickSettings } from '../lib/networks.mjs';
import { nodeSide, peerSide } from '../lib/sides.mjs';

/** @type {readonly import('../lib/case.mjs').Case[]} */
export const cases = [
  { hidden: 64, clamp: 1.9 },
  { hidden: 1024, clamp: 3 }, // preset paper-rgb
].map(({ hidden, clamp }) => {
  const settings = quickSettings({ part: 'teacher', teacher: { hidden, clamp, kernels: [3, 3, 3, 5] } });
  return {
    name: `teacher ${hidden}`,
    group: 'teacher',
    what: `training step, batch ${settings.batch}, ${settings.channels} channels, 24x24, hidden ${hidden}`,
    against: 'PyTorch',
    ours: nodeSide('networks.mjs', settings),
    peer: peerSide('networks.py', settings, { variants: [{ name: 'NCHW' }, { name: 'channels_last', args: ['channels_last'] }] }),
    flops: networkFlops(settings),
    compare: [
      { prefix: 'loss', tolerance: 1e-5 },
      // ReLU's slope jumps at 0: either side is as far from float64.
      { prefix: 'grad/', tolerance: 2e-3, of: 'rms' },
      // Adam's first step is the gradient's sign: rounding turns some.
      { prefix: 'update/', tolerance: 0.1, of: 'rms' },
    ],
    must: 1,
    goal: 1.5,
  };
});
