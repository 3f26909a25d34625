import * as tf from '@tensorflow/tfjs-core';
import { resizeBilinear } from '@blemish/raster';
import type { Sample, Size } from './sample.js';

/** A frozen backbone as detectors see it: images in, one feature map out. */
export interface FeatureExtractor {
  /** Size that images are brought to. */
  readonly inputSize: Size;
  /** Shape of one image's features `[h,w,C]`. */
  readonly shape: readonly [number, number, number];
  /** Names backbone, weights, preprocessing and engine: features under two keys may differ. */
  readonly key: string;
  /** Features of images in [0,1]: `[N,H,W,3]` to `[N,h,w,C]`. */
  forward(images: tf.Tensor4D): tf.Tensor4D;
}

/** An image as the network takes it: resized as PIL does where it has another size, levels 0..255 to [0,1]. */
export function networkInput(sample: Sample, inputSize: Size): tf.Tensor4D {
  const [h, w] = inputSize;
  const { id, image: own } = sample;
  if (own === undefined) throw new Error(`${id}: expected an image, got none`);
  const [height, width, channels] = own.shape;
  if (channels !== 3) throw new Error(`${id}: expected an image [H,W,3], got [${own.shape.join(',')}]`);
  const image = height === h && width === w ? own : resizeBilinear(own, [h, w]);
  const levels = image.data; // dense [h,w,3]
  const input = new Float32Array(h * w * 3);
  for (let i = 0; i < input.length; i++) input[i] = (levels[i] as number) / 255;
  return tf.tensor4d(input, [1, h, w, 3]);
}

/** Features of one decoded image `[h,w,C]`: one image at a time, so that their bits do not depend on its neighbours. */
export async function sampleFeatures(extractor: FeatureExtractor, sample: Sample): Promise<Float32Array> {
  const features = tf.tidy(() => extractor.forward(networkInput(sample, extractor.inputSize))); // [1,h,w,C]
  try {
    return (await features.data()) as Float32Array;
  } finally {
    features.dispose();
  }
}
