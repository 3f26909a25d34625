import type * as tf from '@tensorflow/tfjs-core';
import type { Params, ParamSpecs } from '@blemish/layers';
import type { WeightArray } from '@blemish/weights';

/** One feature map that a backbone returns. */
export interface Tap {
  /** Where it is taken, in the backbone's own terms, such as `blocks.29`. */
  readonly name: string;
  /** Its channels. */
  readonly channels: number;
  /** Image pixels a step on the map, along each side. */
  readonly stride: number;
}

/** What a caller must know to feed a backbone and to size what comes after it. */
export interface BackboneSpec {
  /** The maps that `forward` returns, in its order. */
  readonly taps: readonly Tap[];
  /** The values an image may take before normalisation. */
  readonly inputRange: readonly [number, number];
  /** Subtracted from R, G, B inside `forward`. */
  readonly mean: readonly [number, number, number];
  /** Divides R, G, B inside `forward`, after the mean. */
  readonly std: readonly [number, number, number];
}

/** Named weight arrays as a file holds them: convolutions OIHW, names of their origin. */
export type NamedWeights = ReadonlyMap<string, WeightArray>;

/** The weights of a file that a backbone needs, and the names of those that it does not. */
export interface SelectedWeights {
  /** The needed ones in the order of `weightSpecs`, under the names there (a prefix in the file is dropped). */
  readonly weights: NamedWeights;
  /** Names in the file that belong to the network beyond the last tap: later blocks, the head. */
  readonly leftOver: readonly string[];
}

/** Weights prepared for `forward`, owned by the caller: `tf.dispose(params)`. */
export type BackboneParams = Params;

/** A frozen network that turns images into feature maps; built only up to its last tap, always in inference mode. */
export interface Backbone {
  /** The network's public name, such as `efficientnet-b4`; says nothing of taps or weights. */
  readonly name: string;
  /** Taps and input. */
  readonly spec: BackboneSpec;
  /** Every weight that `load` needs, by its origin's name; the values there are those of a random network. */
  readonly weightSpecs: ParamSpecs;
  /**
   * Finds the needed weights in those of a file and checks their names, shapes, types and values.
   *
   * @param weights all arrays of the file
   * @param source what to call the file in an error
   * @throws Error in one line for weights of another network, missing or unknown names, a wrong shape, a non-number
   */
  select(weights: NamedWeights, source?: string): SelectedWeights;
  /**
   * `select`, then tensors on the current backend.
   *
   * @throws Error as `select`
   */
  load(weights: NamedWeights, source?: string): BackboneParams;
  /**
   * The feature maps of a batch.
   *
   * @param params what `load` returned, on the same backend
   * @param images `[N,H,W,3]`, RGB within `spec.inputRange`
   * @returns one `[N,h,w,channels]` a tap, in the order of `spec.taps`; the caller disposes them
   */
  forward(params: BackboneParams, images: tf.Tensor4D): tf.Tensor4D[];
}
