import { naiveConv2d, type NaiveMap } from '@blemish-tools/jest';

/** What the naive flow is told: parameters in the layout of memory, by name. */
export interface NaiveFlow {
  readonly params: Readonly<Record<string, ArrayLike<number>>>;
  readonly permutations: readonly ArrayLike<number>[];
  readonly kernels: readonly number[];
  readonly clamp: number;
}

/** AST's teacher by its definition, in float64, written from the paper's and the golden README's formulas alone. */
export function naiveFlow({ params, permutations, kernels, clamp }: NaiveFlow, x: NaiveMap, condition: NaiveMap): { z: NaiveMap; logAbsDet: Float64Array } {
  const [n, h, w, channels] = x.shape;
  const logAbsDet = new Float64Array(n * h * w);
  const half = Math.floor(channels / 2);
  let z = x;
  kernels.forEach((kernel, k) => {
    const order = permutations[k] as ArrayLike<number>;
    z = mapPositions(z, channels, (at) => Array.from(order, (from) => at[from] as number));
    const network = (name: string, input: NaiveMap): NaiveMap => {
      const get = (part: string): ArrayLike<number> => params[`module_list.${3 + 2 * k}.${name}.${part}`] as ArrayLike<number>;
      const joined = join(input, condition);
      const hidden = naiveConv2d(joined, get('conv1.weight'), get('conv1.bias'), kernel, { padding: 'replicate' });
      const rectified = { ...hidden, data: hidden.data.map((value) => Math.max(value, 0)) };
      const out = naiveConv2d(rectified, get('conv2.weight'), get('conv2.bias'), kernel, { padding: 'replicate' });
      return { ...out, data: out.data.map((value) => value * (get('gamma')[0] as number)) };
    };
    const affine = (moved: NaiveMap, r: NaiveMap): NaiveMap => {
      const size = moved.shape[3];
      return mapPositions(moved, size, (at, position) =>
        at.map((value, c) => {
          const [s, t] = [r.data[position * 2 * size + c] as number, r.data[position * 2 * size + size + c] as number];
          const e = clamp * 0.636 * Math.atan(s / clamp);
          logAbsDet[position] = (logAbsDet[position] as number) + e;
          return value * Math.exp(e) + t;
        }),
      );
    };
    const x1 = mapPositions(z, half, (at) => at.slice(0, half));
    const x2 = mapPositions(z, channels - half, (at) => at.slice(half));
    const y1 = affine(x1, network('s2', x2));
    const y2 = affine(x2, network('s1', y1));
    z = join(y1, y2);
  });
  return { z, logAbsDet };
}

/** The mean over positions of 0.5 |z|² - log|det J|. */
export function naiveLoss({ z, logAbsDet }: { z: NaiveMap; logAbsDet: Float64Array }): number {
  const energy = z.data.reduce((sum, value) => sum + 0.5 * value * value, 0);
  return (energy - logAbsDet.reduce((sum, value) => sum + value, 0)) / logAbsDet.length;
}

function mapPositions({ shape: [n, h, w, c], data }: NaiveMap, channels: number, f: (at: number[], position: number) => number[]): NaiveMap {
  const result = new Float64Array(n * h * w * channels);
  for (let p = 0; p < n * h * w; p++) result.set(f(Array.from(data.subarray(p * c, (p + 1) * c)), p), p * channels);
  return { shape: [n, h, w, channels], data: result };
}

/** Channels of both, the second repeated over the batch where it is one for all. */
function join(a: NaiveMap, b: NaiveMap): NaiveMap {
  const channels = b.shape[3];
  const positions = b.data.length / channels;
  return mapPositions(a, a.shape[3] + channels, (at, p) => {
    const from = (p % positions) * channels;
    return [...at, ...b.data.subarray(from, from + channels)];
  });
}
