/** One image file of a data set, or one part: its image with its depth map, or its depth map alone. */
export interface ImageFile {
  /** Where it is. Where depth stands alone, this is the depth map. */
  readonly path: string;
  /** Its name within the data set, such as `train/good/000.png`; forward slashes on every system. */
  readonly id: string;
  /** Its organised point cloud or height map, where depth is looked at; `path` itself where depth stands alone. */
  readonly depthPath?: string;
}

/** True for a part of which there is a depth map and no image. */
export function isDepthOnly({ path, depthPath }: Pick<ImageFile, 'path' | 'depthPath'>): boolean {
  return depthPath === path;
}

/** One test image and what is known about it. */
export interface LabeledFile extends ImageFile {
  /** 0 good, 1 defective. */
  readonly label: 0 | 1;
  /** Kind of defect; `good` for good images. */
  readonly defect: string;
  /** Ground truth of a defective image, where there is one. */
  readonly maskPath?: string;
  /** The mask that some data sets give a good image. It has to be empty: only `validateDataset` looks at it. */
  readonly emptyMaskPath?: string;
}

/** A data set as a list of files: nothing is decoded, and nothing of it is held in memory but names. */
export interface Dataset {
  /** `dataset/category`. */
  readonly name: string;
  readonly dataset: string;
  readonly category: string;
  /** Good images to train on, in natural order. */
  readonly train: readonly ImageFile[];
  /** Good images that the data set keeps out of training, for a threshold; absent where its layout has none. */
  readonly validation?: readonly ImageFile[];
  /** Test images, good ones first, then defects by name, each in natural order. */
  readonly test: readonly LabeledFile[];
  /** Ids of test images that were taken out of the training images because no good test images were given. */
  readonly heldOut: readonly string[];
  /** What a person should know about this list, one line each. */
  readonly notes: readonly string[];
}
