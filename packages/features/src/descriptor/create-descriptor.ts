import * as tf from '@tensorflow/tfjs-core';
import { convSpecs, initParams, type Params, type ParamSpecs, type Random } from '@blemish/layers';
import { imagenet } from '../normalisation.js';
import { normalise } from '../normalise.js';
import { descriptorChannels, descriptorLayers, type DescriptorOptions, type ReceptiveField } from './descriptor-layers.js';
import { planWindows, strideOf, windowSides } from './plan-windows.js';
import { runPlan } from './run-plan.js';

/** A patch descriptor network in its three forms, which give the same values. Images are RGB in [0,1], normalised within. */
export interface Descriptor {
  /** p, the side of a patch in pixels. */
  readonly receptiveField: ReceptiveField;
  /** Side of the upper left square of a patch that a descriptor depends on, 17, 32 or 60: the pools leave the last pixels over. */
  readonly seen: number;
  /** Channels of the third 5x5 convolution of p = 65. */
  readonly third: 128 | 256 | undefined;
  /** Length of a descriptor. */
  readonly channels: number;
  /** Product of the pools' strides, 1, 4 or 8: the positions that are computed together at the least cost. */
  readonly stride: number;
  /** Parameters by name: `conv1.weight`, `conv1.bias` ... */
  readonly specs: ParamSpecs;
  /** A random start, PyTorch's for convolutions; the caller disposes it. */
  init(random: Random): Params;
  /**
   * The patch network.
   *
   * @param patches [N,p,p,3]
   * @returns [N,128]
   * @throws Error for another shape
   */
  patches(params: Readonly<Params>, patches: tf.Tensor4D): tf.Tensor2D;
  /**
   * The patch network at every `stride`-th position of larger windows, without padding: output (i, j) is that of the
   * patch whose top left is (i·stride, j·stride). Differentiable in the parameters. The descriptor's own stride and its
   * multiples cost least.
   *
   * @param windows [N,a,b,3], a and b at least p
   * @param stride an integer from 1
   * @returns [N,floor((a-p)/stride)+1,floor((b-p)/stride)+1,128]
   * @throws Error for windows that are too small, or a stride that is no such number
   */
  windows(params: Readonly<Params>, windows: tf.Tensor4D, stride: number): tf.Tensor4D;
  /**
   * `windows` of images reflected at their edges by (p-1)/2: output (i, j) describes the patch around (i·stride, j·stride).
   *
   * @param images [N,H,W,3], H and W above (p-1)/2
   * @param options stride: an integer from 1, the default
   * @returns [N,ceil(H/stride),ceil(W/stride),128]
   * @throws Error as `windows`
   */
  dense(params: Readonly<Params>, images: tf.Tensor4D, options?: { readonly stride?: number }): tf.Tensor4D;
}

/**
 * The network of Uninformed Students (Bergmann et al., CVPR 2020, appendix): of its teacher and of its students alike.
 *
 * @throws Error for options that do not go together
 */
export function createDescriptor(options: DescriptorOptions): Descriptor {
  const layers = descriptorLayers(options);
  const { receptiveField: p } = options;
  const name = `descriptor of ${p} pixels`;
  const specs: ParamSpecs = Object.assign(
    {},
    ...layers.map((layer) => (layer.kind === 'pool' ? {} : convSpecs(layer.name, layer.side, layer.inputs, layer.outputs))),
  );

  const windows: Descriptor['windows'] = (params, images, stride) => {
    checkImages(name, images, p);
    if (!Number.isInteger(stride) || stride < 1) throw new Error(`${name}: expected a stride that is an integer from 1, got ${stride}`);
    const [, height, width] = images.shape;
    const outputs = [height, width].map((length) => Math.floor((length - p) / stride) + 1) as [number, number];
    const plan = planWindows(layers, outputs, stride);
    return tf.tidy(() => runPlan(plan, layers, params, normalise(images, imagenet), outputs));
  };

  return {
    receptiveField: p,
    seen: windowSides(layers)[0] ?? p,
    third: p === 65 ? (options.third ?? 128) : undefined,
    channels: descriptorChannels,
    stride: strideOf(layers),
    specs,
    init: (random) => initParams(specs, random),
    windows,
    patches(params, patches) {
      checkImages(name, patches, p);
      const [count, height, width] = patches.shape;
      if (height !== p || width !== p) throw new Error(`${name}: expected patches [N,${p},${p},3], got [${patches.shape}]`);
      return tf.tidy(() => tf.reshape(windows(params, patches, 1), [count, descriptorChannels]));
    },
    dense(params, images, { stride = 1 } = {}) {
      const pad = (p - 1) / 2;
      checkImages(name, images, pad + 1);
      return tf.tidy(() => windows(params, tf.mirrorPad(images, [[0, 0], [pad, pad], [pad, pad], [0, 0]], 'reflect'), stride));
    },
  };
}

function checkImages(name: string, images: tf.Tensor4D, least: number): void {
  const [count = 0, height = 0, width = 0, channels] = images.shape as readonly number[];
  const fits = images.rank === 4 && count > 0 && channels === 3 && Math.min(height, width) >= least;
  if (!fits || images.dtype !== 'float32') {
    throw new Error(`${name}: expected float32 RGB images [N,H,W,3] of at least ${least} by ${least} pixels, got ${images.dtype} [${images.shape}]`);
  }
}
