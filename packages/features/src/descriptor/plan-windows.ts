import type { DescriptorLayer } from './descriptor-layers.js';

// Notation: p: receptive field; P: product of the pools' strides; s: distance, in steps of the map at hand, of the outputs
// asked for; window: the side of what one output sees of a map.

/** One step of the way from an image to its descriptors. */
export type Step =
  | { readonly kind: 'convolution'; readonly layer: number; readonly stride: number; readonly bare: boolean }
  /** Bias and LeakyReLU of a bare convolution: after a pool, which they change nothing of, they are a quarter of the work. */
  | { readonly kind: 'activation'; readonly layer: number }
  | { readonly kind: 'pool'; readonly stride: 1 | 2 }
  /** A map into four of half its sides, of its even and odd rows and columns, stacked in the batch. */
  | { readonly kind: 'split' }
  /** A map into the squares that single outputs see of it, stacked in the batch. */
  | { readonly kind: 'cut'; readonly side: number; readonly stride: number };

/** How to compute descriptors at every `stride`-th position. */
export interface WindowPlan {
  /** Rows and columns of the image that are looked at, from its top left: pools may leave the last ones over. */
  readonly input: readonly [number, number];
  readonly steps: readonly Step[];
  /** How many times the map was split, and is put together at the end. */
  readonly splits: number;
  /** Distance of the outputs asked for in the last map. */
  readonly keep: number;
  /** Multiplications of one image. */
  readonly macs: number;
}

/** Below as many input channels a convolution runs bare: minimal filtering, which takes bias and activation along, gains nothing there. */
const fewChannels = 16;

/**
 * The plan of the fewest multiplications. A pool runs at its own stride of 2 where the outputs asked for are an even
 * number of steps apart; elsewhere it runs at stride 1 and its map is split into the four phases that a later layer sees
 * apart from each other. That is the same as dilating the later layers, and leaves them plain convolutions, which have
 * fast kernels and gradients. Outputs that lie far apart share little: from some layer on it costs less to cut out what
 * each of them sees.
 *
 * @param outputs rows and columns of descriptors
 * @param stride pixels from one to the next, at least 1
 */
export function planWindows(layers: readonly DescriptorLayer[], outputs: readonly [number, number], stride: number): WindowPlan {
  // A single output has no neighbours: the patch network itself, its pools at their stride.
  if (outputs[0] * outputs[1] === 1) return planWith(layers, outputs, strideOf(layers), layers.length) as WindowPlan;
  const whole = planWith(layers, outputs, stride, layers.length) as WindowPlan;
  // A cut copies: it must be worth it, and of two that cost the same the later copies less.
  const cuts = layers.flatMap((_, at) => planWith(layers, outputs, stride, at) ?? []).filter(({ macs }) => macs < 0.9 * whole.macs);
  cuts.reverse();
  return [whole, ...cuts].reduce((best, plan) => (plan.macs < best.macs ? plan : best));
}

/** The side of what one output sees of each layer's input, and of the output: 1. */
export function windowSides(layers: readonly DescriptorLayer[]): readonly number[] {
  return layers.reduceRight((sides, layer) => {
    const [after] = sides as [number];
    return [layer.kind === 'pool' ? 2 * after : after + layer.side - 1, ...sides];
  }, [1]);
}

/** The product of the pools' strides. */
export function strideOf(layers: readonly DescriptorLayer[]): number {
  return layers.reduce((product, { kind }) => (kind === 'pool' ? 2 * product : product), 1);
}

/** The plan that cuts before layer `cutAt`; none where the map has been split by then. */
function planWith(layers: readonly DescriptorLayer[], outputs: readonly [number, number], stride: number, cutAt: number): WindowPlan | undefined {
  const windows = windowSides(layers);
  const input = outputs.map((count) => (count - 1) * stride + (windows[0] as number)) as [number, number];
  const steps: Step[] = [];
  const activation: Step[] = [];
  const activate = (): void => void steps.push(...activation.splice(0));
  let [maps, rows, columns, s, splits, macs] = [1, ...input, stride, 0, 0];
  for (const [at, layer] of layers.entries()) {
    if (at === cutAt || layer.kind === 'convolution') activate();
    if (at === cutAt) {
      if (splits > 0) return undefined;
      const side = windows[at] as number;
      steps.push({ kind: 'cut', side, stride: s });
      [maps, rows, columns, s] = [outputs[0] * outputs[1], side, side, 1];
    }
    if (layer.kind === 'convolution') {
      // Once an output sees one position, what lies between the outputs need not be computed.
      const step = windows[at + 1] === 1 && splits === 0 ? s : 1;
      s /= step;
      [rows, columns] = [rows, columns].map((length) => Math.floor((length - layer.side) / step) + 1) as [number, number];
      macs += maps * rows * columns * layer.side ** 2 * layer.inputs * layer.outputs;
      const bare = layer.inputs < fewChannels;
      steps.push({ kind: 'convolution', layer: at, stride: step, bare });
      if (bare) activation.push({ kind: 'activation', layer: at });
    } else if (at >= cutAt || s % 2 === 0) {
      steps.push({ kind: 'pool', stride: 2 });
      [rows, columns] = [Math.floor(rows / 2), Math.floor(columns / 2)];
      s = at >= cutAt ? 1 : s / 2;
    } else {
      steps.push({ kind: 'pool', stride: 1 });
      activate();
      steps.push({ kind: 'split' });
      [maps, rows, columns] = [4 * maps, Math.ceil((rows - 1) / 2), Math.ceil((columns - 1) / 2)];
      splits++;
    }
  }
  activate();
  return { input, steps, splits, keep: s, macs };
}
