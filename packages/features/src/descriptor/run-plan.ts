import * as tf from '@tensorflow/tfjs-core';
import { leakyRelu, maxPool } from '@blemish/engine';
import { conv2d, getParam, type Params } from '@blemish/layers';
import { cutWindows } from './cut-windows.js';
import type { DescriptorLayer } from './descriptor-layers.js';
import { joinPhases, splitPhases } from './phases.js';
import type { Step, WindowPlan } from './plan-windows.js';

/** Slope of the LeakyReLU after every convolution but the last (Bergmann et al., CVPR 2020, appendix). */
const slope = 5e-3;

/**
 * Walks a map through the steps of a plan.
 *
 * @param images normalised, [N,h,w,3], at least as large as `plan.input`
 * @param outputs rows and columns of descriptors
 * @returns [N,rows,columns,C]
 */
export function runPlan(
  plan: WindowPlan,
  layers: readonly DescriptorLayer[],
  params: Readonly<Params>,
  images: tf.Tensor4D,
  [rows, columns]: readonly [number, number],
): tf.Tensor4D {
  const count = images.shape[0];
  let map = tf.slice(images, [0, 0, 0, 0], [count, ...plan.input, 3]); // [N,h,w,3]
  /** Frees each map as soon as the next is there: gradients keep what they need by themselves. */
  const advance = (next: (map: tf.Tensor4D) => tf.Tensor4D): void => {
    const before = map;
    map = tf.tidy(() => next(before));
    before.dispose();
  };
  for (const step of plan.steps) advance((x) => applyStep(step, layers, params, x));
  for (let i = 0; i < plan.splits; i++) advance(joinPhases);
  // With a cut every output is a map of its own; else the map may hold outputs between those asked for, and beyond.
  if (map.shape[0] !== count) advance((x) => tf.reshape(x, [count, rows, columns, x.shape[3]]));
  else if (map.shape[1] !== rows || map.shape[2] !== columns) advance((x) => everyNth(x, rows, columns, plan.keep));
  return map; // [N,rows,columns,C]
}

function applyStep(step: Step, layers: readonly DescriptorLayer[], params: Readonly<Params>, x: tf.Tensor4D): tf.Tensor4D {
  switch (step.kind) {
    case 'convolution': {
      const name = nameOf(layers, step.layer);
      if (step.bare) return tf.conv2d(x, getParam<tf.Tensor4D>(params, `${name}.weight`), step.stride, 'valid');
      return conv2d(x, params, name, { padding: 'none', stride: step.stride, slope: slopeAfter(layers, step.layer) });
    }
    case 'activation':
      return leakyRelu(tf.add<tf.Tensor4D>(x, getParam(params, `${nameOf(layers, step.layer)}.bias`)), slopeAfter(layers, step.layer));
    case 'pool':
      return maxPool(x, { kernel: 2, stride: step.stride });
    case 'split':
      return splitPhases(x);
    case 'cut':
      return cutWindows(x, step.side, step.stride);
  }
}

function nameOf(layers: readonly DescriptorLayer[], layer: number): string {
  return (layers[layer] as Extract<DescriptorLayer, { kind: 'convolution' }>).name;
}

function slopeAfter(layers: readonly DescriptorLayer[], layer: number): number {
  return layer === layers.length - 1 ? 1 : slope;
}

/** The first `rows` rows and `columns` columns that are a multiple of `keep`. */
function everyNth(x: tf.Tensor4D, rows: number, columns: number, keep: number): tf.Tensor4D {
  const [n, , , channels] = x.shape;
  const reached = tf.slice(x, [0, 0, 0, 0], [n, (rows - 1) * keep + 1, (columns - 1) * keep + 1, channels]);
  return keep === 1 ? reached : tf.reshape(cutWindows(reached, 1, keep), [n, rows, columns, channels]);
}
