import type { NamedArray } from '@blemish/layers';
import { descriptorLayers, type DescriptorOptions } from '../descriptor/descriptor-layers.js';
import { imagenet } from '../normalisation.js';

/** The patch network by its definition, in float64: p x p RGB values to a descriptor; convolutions without padding. */
export function naiveDescriptor(options: DescriptorOptions, weights: ReadonlyMap<string, NamedArray>, patch: ArrayLike<number>): Float64Array {
  const layers = descriptorLayers(options);
  let side: number = options.receptiveField;
  let channels = 3;
  let map: Float64Array = Float64Array.from(patch, (value, i) => (value - (imagenet.mean[i % 3] as number)) / (imagenet.std[i % 3] as number)); // [side,side,C]
  for (const [at, layer] of layers.entries()) {
    if (layer.kind === 'pool') {
      [map, side] = [pool(map, side, channels), Math.floor(side / 2)];
      continue;
    }
    const [filter, bias] = ['weight', 'bias'].map((part) => weights.get(`${layer.name}.${part}`)?.data as ArrayLike<number>) as [ArrayLike<number>, ArrayLike<number>];
    map = convolve(map, side, layer, filter, bias);
    [side, channels] = [side - layer.side + 1, layer.outputs];
    if (at < layers.length - 1) map = map.map((value) => (value > 0 ? value : 0.005 * value));
  }
  return map;
}

function convolve(
  map: Float64Array,
  size: number,
  { side, inputs, outputs }: { readonly side: number; readonly inputs: number; readonly outputs: number },
  filter: ArrayLike<number>,
  bias: ArrayLike<number>,
): Float64Array {
  const left = size - side + 1;
  const result = new Float64Array(left * left * outputs);
  const kernel = Float64Array.from(filter); // [O,I,side,side]
  const window = new Float64Array(inputs * side * side);
  for (let at = 0; at < left * left; at++) {
    const [row, column] = [Math.floor(at / left), at % left];
    for (let i = 0, to = 0; i < inputs; i++) {
      for (let dy = 0; dy < side; dy++) for (let dx = 0; dx < side; dx++) window[to++] = map[((row + dy) * size + column + dx) * inputs + i] as number;
    }
    for (let o = 0; o < outputs; o++) {
      let sum = bias[o] as number;
      for (let k = 0, from = o * window.length; k < window.length; k++, from++) sum += (window[k] as number) * (kernel[from] as number);
      result[at * outputs + o] = sum;
    }
  }
  return result;
}

function pool(map: Float64Array, side: number, channels: number): Float64Array {
  const half = Math.floor(side / 2);
  return Float64Array.from({ length: half * half * channels }, (_, at) => {
    const [row, column, c] = [Math.floor(at / (half * channels)), Math.floor(at / channels) % half, at % channels];
    const values = [0, 1, side, side + 1].map((step) => map[((2 * row * side + 2 * column + step) * channels) + c] as number);
    return Math.max(...values);
  });
}
