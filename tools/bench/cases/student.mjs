// @ts-check
import { networkFlops, quickSettings } from '../lib/networks.mjs';
import { nodeSide, peerSide } from '../lib/sides.mjs';

/** @type {readonly import('../lib/case.mjs').Case[]} */
export const cases = [
  { hidden: 256, must: 1, goal: 1.4 },
  { hidden: 1024, must: 1.8, goal: 2.4 },
].map(({ hidden, must, goal }) => {
  const settings = quickSettings({ part: 'student', student: { hidden, blocks: 4, slope: 0.01 } });
  return {
    name: `student ${hidden}`,
    group: 'student',
    what: `training step, batch ${settings.batch}, ${settings.channels} channels, 24x24, hidden ${hidden}`,
    against: 'PyTorch',
    ours: nodeSide('networks.mjs', settings),
    peer: peerSide('networks.py', settings, { variants: [{ name: 'NCHW' }, { name: 'channels_last', args: ['channels_last'] }] }),
    flops: networkFlops(settings),
    compare: [
      { prefix: 'loss', tolerance: 1e-5 },
      // LeakyReLU's slope jumps at 0, where half of what batch norm gives lies close: either side is as far from float64.
      // Biases before a batch norm have the gradient 0.
      { prefix: 'grad/', tolerance: 0.02, of: 'rms', floor: 1e-5 },
      // Adam's first step is the gradient's sign: rounding turns some.
      { prefix: 'update/', tolerance: 0.2, of: 'rms' },
      { prefix: 'buffer/', tolerance: 1e-5 },
    ],
    must,
    goal,
  };
});
