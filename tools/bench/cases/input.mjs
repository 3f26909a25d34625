// @ts-check
import { nodeSide, peerSide } from '../lib/sides.mjs';

const files = /** @type {const} */ ([
  { kind: 'jpeg', from: 768 },
  { kind: 'png', from: 900 },
]);
const level = 1 / 255;
const peers = /** @type {const} */ ([
  { name: 'Pillow', against: 'Pillow, one process', how: 'alone', must: 1.5, tolerance: 0, variants: [{ name: 'Pillow', args: ['pillow'] }] },
  {
    name: 'DataLoader',
    against: "PyTorch's DataLoader, two workers",
    how: 'loader',
    must: 1,
    // torchvision's resizing rounds otherwise than Pillow's.
    tolerance: 1.01 * level,
    variants: [
      { name: 'Pillow', args: ['pillow'] },
      { name: 'Pillow, levels handed over', args: ['pillow', 'levels'] },
      { name: 'torchvision', args: ['torchvision'] },
      { name: 'torchvision, levels handed over', args: ['torchvision', 'levels'] },
    ],
  },
]);

/** Image files to batches of float32, as a network takes them. @type {readonly import('../lib/case.mjs').Case[]} */
export const cases = files.flatMap(({ kind, from }) =>
  peers.map(({ name, against, how, must, tolerance, variants }) => {
    const settings = { kind, from, size: 768, images: 64, batch: 8, workers: 2, how };
    return {
      name: `input ${kind} ${from}, ${name}`,
      group: 'input',
      what: `64 ${kind.toUpperCase()} files of ${from} px, decoded${from === 768 ? '' : ', resized'}, to batches [8,768,768,3] in [0,1]`,
      against,
      ours: nodeSide('input.mjs', settings),
      peer: peerSide('input.py', settings, { variants }),
      compare: [{ prefix: 'images', tolerance: kind === 'jpeg' ? 0 : tolerance, of: 'absolute' }],
      must,
    };
  }),
);
