import { naiveConv2d, type NaiveMap } from '@blemish-tools/jest';

/** Parameters and buffers in the layout of memory, by name. */
export type NaiveParams = Readonly<Record<string, ArrayLike<number>>>;

/** The student's size. */
export interface NaiveStudent {
  readonly blocks: number;
  readonly slope: number;
  readonly training: boolean;
}

/** AST's student by its definition, in float64; `input` is condition and features, concatenated. */
export function naiveStudent(params: NaiveParams, input: NaiveMap, { blocks, slope, training }: NaiveStudent): { y: NaiveMap; buffers: NaiveParams } {
  const buffers: Record<string, ArrayLike<number>> = {};
  const conv = (x: NaiveMap, name: string): NaiveMap =>
    naiveConv2d(x, params[`${name}.weight`] as ArrayLike<number>, params[`${name}.bias`] as ArrayLike<number>, 3, { padding: 'zero' });
  const leaky = (x: NaiveMap): NaiveMap => ({ ...x, data: x.data.map((value) => (value > 0 ? value : slope * value)) });
  const norm = ({ shape, data }: NaiveMap, name: string): NaiveMap => {
    const channels = shape[3];
    const count = data.length / channels;
    const get = (part: string): ArrayLike<number> => params[`${name}.${part}`] as ArrayLike<number>;
    const mean = new Float64Array(channels);
    const variance = new Float64Array(channels);
    data.forEach((value, i) => (mean[i % channels] = (mean[i % channels] as number) + value / count));
    data.forEach((value, i) => {
      const c = i % channels;
      variance[c] = (variance[c] as number) + (value - (mean[c] as number)) ** 2 / count;
    });
    if (training) {
      buffers[`${name}.running_mean`] = mean.map((value, c) => 0.9 * (get('running_mean')[c] as number) + 0.1 * value);
      buffers[`${name}.running_var`] = variance.map((value, c) => 0.9 * (get('running_var')[c] as number) + (0.1 * value * count) / (count - 1));
    }
    const [m, v] = training ? [mean, variance] : [get('running_mean'), get('running_var')];
    const normalised = data.map((value, i) => {
      const c = i % channels;
      return (((value - (m[c] as number)) / Math.sqrt((v[c] as number) + 1e-5)) * (get('weight')[c] as number)) + (get('bias')[c] as number);
    });
    return { shape, data: normalised };
  };
  let x = leaky(conv(input, 'conv1'));
  for (let k = 0; k < blocks; k++) {
    const inner = leaky(norm(conv(x, `res.${k}.l1`), `res.${k}.bn1`));
    const outer = leaky(norm(conv(inner, `res.${k}.l2`), `res.${k}.bn2`));
    x = { ...x, data: x.data.map((value, i) => value + (outer.data[i] as number)) };
  }
  return { y: conv(x, 'conv2'), buffers };
}
