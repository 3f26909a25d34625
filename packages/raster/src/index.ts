export { resizeBilinear } from './resize-bilinear.js';
export { unitRange } from './unit-range.js';
export { upsampleBicubic } from './upsample-bicubic.js';
export { upsampleBilinear } from './upsample-bilinear.js';
export { resizeMask } from './resize-mask.js';
export { heatColours } from './heat-colours.js';
export { overlay, type OverlayOptions } from './overlay.js';
export { kernelBytes, openKernels, type Kernels } from './open-kernels.js';
