// @ts-check
import { networkFlops, paperSettings } from '../lib/networks.mjs';
import { nodeSide, peerSide } from '../lib/sides.mjs';

/** @type {readonly import('../lib/case.mjs').Case[]} */
export const cases = [1, 8].map((batch) => {
  const settings = paperSettings({ part: 'score', batch });
  return {
    name: `score ${batch}`,
    group: 'score',
    what: `teacher 64 and student 1024, inference, batch ${batch}, ${settings.channels} channels, 24x24`,
    against: 'PyTorch',
    ours: nodeSide('networks.mjs', settings),
    peer: peerSide('networks.py', settings, { variants: [{ name: 'NCHW' }, { name: 'channels_last', args: ['channels_last'] }] }),
    flops: networkFlops(settings),
    compare: [
      { prefix: 'z', tolerance: 2e-5 },
      { prefix: 'logAbsDet', tolerance: 2e-5 },
      { prefix: 'y', tolerance: 1e-4 },
      { prefix: 'distance', tolerance: 1e-4 },
    ],
    must: 1.6,
    goal: 2.2,
  };
});
