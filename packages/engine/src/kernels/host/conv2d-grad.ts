import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel.js';
import type { ConvGeometry } from '../../ops/conv2d-gradient.js';

// Notation: y[n,i,j,d] = sum over u,v,c of x[n, s*i+u-t, s*j+v-l, c] * f[u,v,c,d]; s: stride; t, l: padding above and to
// the left. Both gradients are convolutions again, which these backends do well.

/**
 * dx[n,a,b,c] = sum over u,v,d of dy[n, (a+t-u)/s, (b+l-v)/s, d] * f[u,v,c,d]: dy with s-1 zeros between its rows and
 * columns, convolved with f turned by half a circle and its channels swapped.
 */
export const conv2dInputGrad: Kernel<'dy' | 'filter', ConvGeometry> = ({ inputs, attrs }) =>
  tf.tidy(() => {
    const [, h, w] = attrs.inputShape;
    const [kh, kw] = attrs.filterShape;
    const turned = tf.transpose(tf.reverse(inputs.filter as tf.Tensor4D, [0, 1]), [0, 1, 3, 2]); // [kh,kw,D,C]
    const spread = spreadOut(inputs.dy as tf.Tensor4D, attrs.strides); // [N,h',w',D]
    const top = kh - 1 - attrs.padding.top;
    const left = kw - 1 - attrs.padding.left;
    const frame = {
      top,
      bottom: h + kh - 1 - top - spread.shape[1],
      left,
      right: w + kw - 1 - left - spread.shape[2],
    };
    return tf.conv2d(cut(spread, frame), turned, 1, zeros(frame)); // [N,H,W,C]
  });

/**
 * df[u,v,c,d] = sum over n,i,j of x[n, s*i+u-t, s*j+v-l, c] * dy[n,i,j,d]: x convolved with dy as a filter dilated by s,
 * batch and channels swapped.
 */
export const conv2dFilterGrad: Kernel<'x' | 'dy', ConvGeometry> = ({ inputs, attrs }) =>
  tf.tidy(() => {
    const [kh, kw] = attrs.filterShape;
    const [sh, sw] = attrs.strides;
    const [, rows, columns] = inputs.dy.shape as [number, number, number, number];
    const { top, left } = attrs.padding;
    const [, h, w] = attrs.inputShape;
    // As many rows and columns as the window reaches: what a stride leaves over is cut off.
    const frame = {
      top,
      bottom: (rows - 1) * sh + kh - h - top,
      left,
      right: (columns - 1) * sw + kw - w - left,
    };
    const images = tf.transpose(cut(inputs.x as tf.Tensor4D, frame), [3, 1, 2, 0]); // [C,H',W',N]
    const filter = tf.transpose(inputs.dy as tf.Tensor4D, [1, 2, 0, 3]); // [h',w',N,D]
    const gradient = tf.conv2d(images, filter, 1, zeros(frame), 'NHWC', [sh, sw]); // [C,kh,kw,D]
    return tf.transpose(gradient, [1, 2, 0, 3]); // [kh,kw,C,D]
  });

/** Zeros between rows and columns: [N,h,w,C] to [N,(h-1)*sh+1,(w-1)*sw+1,C]. */
function spreadOut(x: tf.Tensor4D, [sh, sw]: readonly [number, number]): tf.Tensor4D {
  if (sh === 1 && sw === 1) return x;
  const [n, h, w, c] = x.shape;
  const wide = tf.pad(tf.reshape(x, [n * h, w, 1, c]), [[0, 0], [0, 0], [0, sw - 1], [0, 0]]); // [N*h,w,sw,C]
  const tall = tf.pad(tf.reshape(wide, [n, h, 1, w * sw * c]), [[0, 0], [0, 0], [0, sh - 1], [0, 0]]); // [N,h,sh,w*sw*C]
  return tf.slice<tf.Rank.R4, tf.Tensor4D>(tf.reshape(tall, [n, h * sh, w * sw, c]), [0, 0, 0, 0], [n, (h - 1) * sh + 1, (w - 1) * sw + 1, c]);
}

/** The map without the rows and columns that a frame of negative width asks to cut off. */
function cut(x: tf.Tensor4D, { top, bottom, left, right }: ConvGeometry['padding']): tf.Tensor4D {
  if (Math.min(top, bottom, left, right) >= 0) return x;
  const [n, h, w, c] = x.shape;
  const off = (width: number): number => Math.max(-width, 0);
  return tf.slice(x, [0, off(top), off(left), 0], [n, h - off(top) - off(bottom), w - off(left) - off(right), c]);
}

/** The zeros that a frame of positive width asks for, as conv2d takes them. */
function zeros({ top, bottom, left, right }: ConvGeometry['padding']): tf.backend_util.ExplicitPadding {
  const width = (asked: number): number => Math.max(asked, 0);
  return [[0, 0], [width(top), width(bottom)], [width(left), width(right)], [0, 0]];
}
