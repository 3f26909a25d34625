import { naiveConv2d, type NaiveMap } from './naive-conv2d.js';

/** Parameters in the layout of memory (filters HWIO), by torchvision's names. */
export type NaiveParams = Readonly<Record<string, ArrayLike<number>>>;

/**
 * A residual network by its definition, in float64: 7x7 at stride 2, ReLU, max pooling, then the blocks that there are
 * parameters for; those with a `conv3` are bottlenecks. A convolution has a bias (folded), or a normalisation behind it.
 *
 * @param images normalised
 * @returns the map behind each level, and in training the new running statistics
 */
export function naiveResNet(images: NaiveMap, params: NaiveParams, training: boolean): { maps: NaiveMap[]; buffers: Record<string, Float64Array> } {
  const buffers: Record<string, Float64Array> = {};
  const get = (name: string): ArrayLike<number> => params[name] as ArrayLike<number>;

  const unit = (x: NaiveMap, conv: string, norm: string, stride: number): NaiveMap => {
    const filter = get(`${conv}.weight`);
    const bias = params[`${conv}.bias`];
    const outputs = (bias ?? get(`${norm}.weight`)).length;
    const kernel = Math.sqrt(filter.length / (x.shape[3] * outputs));
    const y = naiveConv2d(x, filter, bias ?? new Float64Array(outputs), kernel, { padding: 'zero', stride });
    return bias === undefined ? normalise(y, norm) : y;
  };

  const normalise = ({ shape, data }: NaiveMap, norm: string): NaiveMap => {
    const channels = shape[3];
    const count = data.length / channels;
    let [mean, variance] = [get(`${norm}.running_mean`), get(`${norm}.running_var`)];
    if (training) {
      const [m, v] = [new Float64Array(channels), new Float64Array(channels)];
      data.forEach((value, i) => (m[i % channels] = (m[i % channels] as number) + value / count));
      data.forEach((value, i) => (v[i % channels] = (v[i % channels] as number) + (value - (m[i % channels] as number)) ** 2 / count));
      buffers[`${norm}.running_mean`] = m.map((fresh, c) => 0.9 * (mean[c] as number) + 0.1 * fresh);
      buffers[`${norm}.running_var`] = v.map((fresh, c) => 0.9 * (variance[c] as number) + (0.1 * fresh * count) / (count - 1));
      [mean, variance] = [m, v];
    }
    const [scale, shift] = [get(`${norm}.weight`), get(`${norm}.bias`)];
    const result = data.map((value, i) => {
      const c = i % channels;
      return (((value - (mean[c] as number)) / Math.sqrt((variance[c] as number) + 1e-5)) * (scale[c] as number)) + (shift[c] as number);
    });
    return { shape, data: result };
  };

  const relu = (x: NaiveMap): NaiveMap => ({ ...x, data: x.data.map((value) => Math.max(value, 0)) });

  const block = (x: NaiveMap, at: string, stride: number): NaiveMap => {
    const wide = `${at}.conv3.weight` in params;
    let y = relu(unit(x, `${at}.conv1`, `${at}.bn1`, wide ? 1 : stride));
    y = unit(y, `${at}.conv2`, `${at}.bn2`, wide ? stride : 1);
    if (wide) y = unit(relu(y), `${at}.conv3`, `${at}.bn3`, 1);
    const same = `${at}.downsample.0.weight` in params ? unit(x, `${at}.downsample.0`, `${at}.downsample.1`, stride) : x;
    return relu({ ...y, data: y.data.map((value, i) => value + (same.data[i] as number)) });
  };

  let x = naiveMaxPool(relu(unit(images, 'conv1', 'bn1', 2)), { kernel: 3, stride: 2, pad: 1 });
  const maps: NaiveMap[] = [];
  for (let level = 1; `layer${level}.0.conv1.weight` in params; level++) {
    for (let k = 0; `layer${level}.${k}.conv1.weight` in params; k++) x = block(x, `layer${level}.${k}`, level > 1 && k === 0 ? 2 : 1);
    maps.push(x);
  }
  return { maps, buffers };
}

/** Max pooling by its definition; positions beyond the edge do not count. */
export function naiveMaxPool({ shape: [n, h, w, c], data }: NaiveMap, { kernel, stride, pad }: { kernel: number; stride: number; pad: number }): NaiveMap {
  const [rows, columns] = [h, w].map((size) => Math.floor((size + 2 * pad - kernel) / stride) + 1) as [number, number];
  const result = new Float64Array(n * rows * columns * c).fill(-Infinity);
  for (let at = 0; at < result.length; at++) {
    const channel = at % c;
    const column = Math.floor(at / c) % columns;
    const row = Math.floor(at / (c * columns)) % rows;
    const image = Math.floor(at / (c * columns * rows));
    for (let u = 0; u < kernel; u++) {
      for (let v = 0; v < kernel; v++) {
        const [y, x] = [row * stride + u - pad, column * stride + v - pad];
        if (y < 0 || y >= h || x < 0 || x >= w) continue;
        result[at] = Math.max(result[at] as number, data[((image * h + y) * w + x) * c + channel] as number);
      }
    }
  }
  return { shape: [n, rows, columns, c], data: result };
}
