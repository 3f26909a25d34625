import * as tf from '@tensorflow/tfjs-core';
import { couple, type Coupled } from '@blemish/engine';
import { affine } from './affine.js';
import { bound } from './bound.js';
import { softClamp } from './soft-clamp.js';
import { sumChannels } from './sum-channels.js';
import type { SubNetwork } from './sub-network.js';
import type { Condition, Transform, Transformed } from './transform.js';

/** What a coupling block is made of. */
export interface CouplingOptions {
  /** Channels of its input, at least 2. */
  readonly channels: number;
  /** Channels of the condition; 0 where there is none. */
  readonly conditionChannels: number;
  /** One block amplifies or shrinks a channel by at most exp(±clamp): larger is more expressive and less stable. */
  readonly clamp: number;
  /** Serves both halves, with parameters of its own for each. */
  readonly subNetwork: SubNetwork;
  /** Its parameters are `prefix.s1...` and `prefix.s2...`. */
  readonly prefix: string;
}

/**
 * Affine coupling block (Dinh et al., "Density estimation using Real NVP", 2017; clamped as by Ardizzone et al., FrEIA).
 * Each half of the channels is scaled and moved by what a sub-network makes of the other half.
 */
export function coupling({ channels, conditionChannels, clamp, subNetwork, prefix }: CouplingOptions): Transform {
  // Notation: x1, x2 and y1, y2: first and second half of input and output, L1 = floor(C/2) and L2 = C - L1 channels;
  // c: condition; net1, net2: sub-networks; r = [s,t]: raw scale and translation; e: clamped scale; j: log|det J|.
  //   y1 = x1 · exp(e2) + t2 of net2(x2, c),  y2 = x2 · exp(e1) + t1 of net1(y1, c)
  if (!(clamp > 0)) throw new Error(`clamp: expected a positive number, got ${clamp}`);
  const first = Math.floor(channels / 2); // L1
  const second = channels - first; // L2
  const [net1, net2] = [`${prefix}.s1`, `${prefix}.s2`];
  const halves = (x: tf.Tensor4D): [tf.Tensor4D, tf.Tensor4D] => {
    if (x.shape[3] !== channels) throw new Error(`${prefix}: expected ${channels} channels, got ${x.shape[3]}`);
    return tf.split(x, [first, second], 3) as [tf.Tensor4D, tf.Tensor4D];
  };
  const scaleAndShift = (r: tf.Tensor4D): [e: tf.Tensor4D, t: tf.Tensor4D] => {
    const [s, t] = tf.split(r, 2, 3) as [tf.Tensor4D, tf.Tensor4D]; // [N,h,w,L] each
    return [softClamp(s, clamp), t];
  };
  /** `x · exp(e) + t` and the sum of e, in one operation where the backend has it. */
  const moved = (x: tf.Tensor4D, r: tf.Tensor4D): Coupled => {
    const fused = couple(x, r, clamp);
    if (fused !== undefined) return fused;
    const [e, t] = scaleAndShift(r);
    return { y: affine(x, e, t), logAbsDet: sumChannels(e) };
  };
  const check = (condition: Condition | undefined): void => {
    const got = condition?.shape[condition.rank - 1] ?? 0;
    if (got !== conditionChannels) throw new Error(`${prefix}: expected a condition of ${conditionChannels} channels, got ${got}`);
  };

  return {
    specs: {
      ...subNetwork.specs(net1, first + conditionChannels, 2 * second),
      ...subNetwork.specs(net2, second + conditionChannels, 2 * first),
    },
    forward: (params, x, condition) =>
      tf.tidy((): Transformed & Record<string, tf.Tensor> => {
        check(condition);
        const [x1, x2] = halves(x);
        const { y: y1, logAbsDet: j2 } = moved(x1, subNetwork.apply(params, net2, x2, condition)); // [N,h,w,L1], [N,h,w]
        const { y: y2, logAbsDet: j1 } = moved(x2, subNetwork.apply(params, net1, y1, condition)); // [N,h,w,L2], [N,h,w]
        return { z: bound(tf.concat([y1, y2], 3)), logAbsDet: tf.add<tf.Tensor3D>(j1, j2) };
      }),
    inverse: (params, y, condition) =>
      tf.tidy(() => {
        check(condition);
        const [y1, y2] = halves(y);
        const [e1, t1] = scaleAndShift(subNetwork.apply(params, net1, y1, condition));
        const x2 = tf.mul<tf.Tensor4D>(tf.sub(y2, t1), tf.exp(tf.neg(e1)));
        const [e2, t2] = scaleAndShift(subNetwork.apply(params, net2, x2, condition));
        const x1 = tf.mul<tf.Tensor4D>(tf.sub(y1, t2), tf.exp(tf.neg(e2)));
        return bound(tf.concat([x1, x2], 3)); // [N,h,w,C]
      }),
  };
}
