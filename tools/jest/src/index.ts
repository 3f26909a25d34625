export { mulberry32, uniformTensor } from './mulberry32.js';
export { sharedFolder, describeShared } from './shared.js';
export { backendsUnderTest, describeBackends, trainingBackends } from './backends.js';
export { expectClose, maxAbs, type Closeness } from './expect-close.js';
export { fullSuite } from './full-suite.js';
export { readGolden, goldenArray, type GoldenArray } from './read-golden.js';
export { numericalGradient } from './numerical-gradient.js';
export { toNhwc, toNchw } from './nchw.js';
export { seededArray, type SeededArray } from './seeded-array.js';
export { naiveConv2d, type NaiveMap } from './naive-conv2d.js';
export { naiveMaxPool, naiveResNet, type NaiveParams } from './naive-resnet.js';
export {
  checkpointWriter,
  goldenState,
  officialCheckpoint,
  type CheckpointContainer,
  type OfficialModel,
} from './official-checkpoint.js';
export * as checkpoints from './checkpoint-writer.js';
export { nhwcTensor, nchwValues, maskTensor, realSizeMask, withPrefix } from './golden-tensors.js';
export { expectStatistics, norm, type Statistics } from './expect-statistics.js';
export { writeNpy, type NpyParts } from './depth-files/write-npy.js';
export { writePly, type PlyParts } from './depth-files/write-ply.js';
export { writePcd, deflateLzf, type PcdParts } from './depth-files/write-pcd.js';
export { writeTiff, type TiffParts } from './depth-files/write-tiff.js';
export { encodeLzw, encodePackBits } from './depth-files/tiff-codecs.js';
