import * as tf from '@tensorflow/tfjs-core';
import { featuresRevision } from '@blemish/features';
import { resizeBilinear } from '@blemish/raster';
import type { KeptArray } from './frame/part-tasks.js';
import { readTensor } from './frame/read-tensor.js';
import type { FeatureStore, Sample, Size } from './sample.js';

/** Shape of one image's feature map. */
export type MapShape = readonly [height: number, width: number, channels: number];

/** A frozen backbone as detectors see it: images in, feature maps out. */
export interface FeatureExtractor {
  /** Size that images are brought to. */
  readonly inputSize: Size;
  /** Shapes of one image's maps. */
  readonly shapes: readonly MapShape[];
  /** Names backbone, weights, preprocessing and engine: features under two keys may differ. */
  readonly key: string;
  /** Maps of images in [0,1]: `[N,H,W,3]` to `[N,h,w,C]` each, which the caller disposes. */
  forward(images: tf.Tensor4D): tf.Tensor4D[];
}

/** Levels of an image as the network takes it, `[h*w*3]`: resized as PIL does where it has another size. */
function inputLevels({ id, image: own }: Sample, [h, w]: Size): ArrayLike<number> {
  if (own === undefined) throw new Error(`${id}: expected an image, got none`);
  const [height, width, channels] = own.shape;
  if (channels !== 3) throw new Error(`${id}: expected an image [H,W,3], got [${own.shape.join(',')}]`);
  return height === h && width === w ? own.data : resizeBilinear(own, [h, w]).data; // dense [h,w,3]
}

/** An image as the network takes it, `[h*w*3]`: levels 0..255 to [0,1]. */
export function imageInput(sample: Sample, size: Size): Float32Array {
  const levels = inputLevels(sample, size);
  const input = new Float32Array(levels.length);
  for (let i = 0; i < input.length; i++) input[i] = (levels[i] as number) / 255;
  return input;
}

/** `imageInput` of each part as a store keeps it. */
export function keptInput([h, w]: Size, store: FeatureStore | undefined): KeptArray {
  return { name: 'input', key: `input/${h}x${w}/revision ${featuresRevision}`, of: 'image', length: h * w * 3, store };
}

/** Features of one decoded image, its maps one after the other: one image at a time, so that their bits do not depend on its neighbours. */
export function sampleFeatures(extractor: FeatureExtractor, sample: Sample): Promise<Float32Array> {
  return inputFeatures(extractor, imageInput(sample, extractor.inputSize));
}

/** Features of one image in [0,1], `[h*w*3]`, its maps one after the other. */
export function inputFeatures(extractor: FeatureExtractor, input: Float32Array): Promise<Float32Array> {
  return readTensor(() => {
    const maps = extractor.forward(tf.tensor4d(input, [1, ...extractor.inputSize, 3])); // [1,h,w,C] each
    const [first] = maps;
    return first !== undefined && maps.length === 1 ? first : tf.concat(maps.map((map) => tf.reshape(map, [-1])));
  });
}

/** Values in all maps of one image. */
export function featureCount({ shapes }: Pick<FeatureExtractor, 'shapes'>): number {
  return shapes.reduce((sum, [h, w, c]) => sum + h * w * c, 0);
}
