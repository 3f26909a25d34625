// EfficientNet's first layers in plain loops and float64, written from the paper and from the conventions of
// efficientnet_pytorch alone: what the tests hold the tensors to where no golden file is at hand.

/** A map of one image, channels first. */
export interface NaiveMap {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Row-major [channels, height, width]. */
  readonly data: Float64Array;
}

/** What a block needs to be told beside its weights. */
export interface NaiveBlock {
  readonly kernel: number;
  readonly stride: number;
  readonly expands: boolean;
  readonly skip: boolean;
  /** Zeros before and after each side; undefined: TensorFlow's SAME. */
  readonly pads?: readonly [number, number];
}

type Arrays = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: ArrayLike<number> }>;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Stem, normalisation, swish; `pads` as in `NaiveBlock`. */
export function naiveStem(x: NaiveMap, arrays: Arrays, pads?: readonly [number, number]): NaiveMap {
  return swish(norm(convolve(x, get(arrays, '_conv_stem.weight'), 2, false, pads), arrays, '_bn0'));
}

/** Block `index`. */
export function naiveBlock(x: NaiveMap, arrays: Arrays, index: number, block: NaiveBlock): NaiveMap {
  const at = `_blocks.${index}.`;
  let y = x;
  if (block.expands) y = swish(norm(convolve(y, get(arrays, `${at}_expand_conv.weight`), 1, false), arrays, `${at}_bn0`));
  y = convolve(y, get(arrays, `${at}_depthwise_conv.weight`), block.stride, true, block.pads);
  y = swish(norm(y, arrays, `${at}_bn1`));

  const area = y.height * y.width;
  const means = mapOf(y.channels, 1, 1, (c) => y.data.subarray(c * area, (c + 1) * area).reduce((a, b) => a + b, 0) / area);
  const squeezed = swish(biased(convolve(means, get(arrays, `${at}_se_reduce.weight`), 1, false), get(arrays, `${at}_se_reduce.bias`)));
  const gate = biased(convolve(squeezed, get(arrays, `${at}_se_expand.weight`), 1, false), get(arrays, `${at}_se_expand.bias`));
  y = { ...y, data: y.data.map((value, i) => value * sigmoid(gate.data[Math.floor(i / area)] as number)) };

  y = norm(convolve(y, get(arrays, `${at}_project_conv.weight`), 1, false), arrays, `${at}_bn2`);
  return block.skip ? { ...y, data: y.data.map((value, i) => value + (x.data[i] as number)) } : y;
}

function get(arrays: Arrays, name: string): { readonly shape: readonly number[]; readonly data: ArrayLike<number> } {
  const array = arrays.get(name);
  if (array === undefined) throw new Error(`the test has no ${name}`);
  return array;
}

function mapOf(channels: number, height: number, width: number, value: (c: number, y: number, x: number) => number): NaiveMap {
  const data = new Float64Array(channels * height * width);
  let i = 0;
  for (let c = 0; c < channels; c++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[i++] = value(c, y, x);
  return { channels, height, width, data };
}

function same(size: number, kernel: number, stride: number): readonly [number, number] {
  const missing = Math.max(0, kernel + stride * (Math.floor((size + stride - 1) / stride) - 1) - size);
  return [(missing - (missing % 2)) / 2, (missing + (missing % 2)) / 2];
}

function convolve(
  x: NaiveMap,
  filter: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  stride: number,
  depthwise: boolean,
  pads?: readonly [number, number],
): NaiveMap {
  const [outputs, inputs, kernel] = filter.shape as [number, number, number];
  const [top, bottom] = pads ?? same(x.height, kernel, stride);
  const [left, right] = pads ?? same(x.width, kernel, stride);
  const height = Math.floor((x.height + top + bottom - kernel) / stride) + 1;
  const width = Math.floor((x.width + left + right - kernel) / stride) + 1;
  return mapOf(outputs, height, width, (o, row, column) => {
    let sum = 0;
    for (let i = 0; i < inputs; i++) {
      const channel = depthwise ? o : i;
      for (let a = 0; a < kernel; a++) {
        for (let b = 0; b < kernel; b++) {
          const r = row * stride + a - top;
          const c = column * stride + b - left;
          if (r < 0 || r >= x.height || c < 0 || c >= x.width) continue;
          const weight = filter.data[((o * inputs + i) * kernel + a) * kernel + b] as number;
          sum += weight * (x.data[(channel * x.height + r) * x.width + c] as number);
        }
      }
    }
    return sum;
  });
}

function norm(x: NaiveMap, arrays: Arrays, name: string): NaiveMap {
  const [scale, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map((part) => get(arrays, `${name}.${part}`).data);
  const area = x.height * x.width;
  const at = (values: ArrayLike<number> | undefined, i: number): number => values?.[Math.floor(i / area)] as number;
  const data = x.data.map((value, i) => ((value - at(mean, i)) / Math.sqrt(at(variance, i) + 1e-3)) * at(scale, i) + at(shift, i));
  return { ...x, data };
}

function biased(x: NaiveMap, bias: { readonly data: ArrayLike<number> }): NaiveMap {
  return { ...x, data: x.data.map((value, i) => value + (bias.data[i] as number)) };
}

function swish(x: NaiveMap): NaiveMap {
  return { ...x, data: x.data.map((value) => value * sigmoid(value)) };
}
