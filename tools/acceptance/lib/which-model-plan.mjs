// @ts-check
// What is measured to say which model when: models by the backbone that images go through, and data that their input fits.

/**
 * @typedef {object} MeasuredModel
 * @property {string} id name of its runs
 * @property {string} label
 * @property {string} backbone what tables call it
 * @property {readonly string[]} args of `train` beside data, seed and output
 * @property {object} [config] settings that replace the preset's
 * @property {readonly string[]} on names of data
 */

const images = ['bottle', 'tile'];
const b4 = 'weights/efficientnet-b4-imagenet-blocks0-29.safetensors';
const resnet18 = 'weights/resnet18-imagenet-layer1-3-bn-folded.safetensors';

/**
 * The models.
 *
 * @param {(path: string) => string} shared the path of something in the shared folder
 * @param {readonly string[]} teachers descriptor files
 * @returns {readonly MeasuredModel[]}
 */
export function measuredModels(shared, teachers) {
  const ast = (/** @type {string} */ preset) => ['--model', 'ast', '--preset', preset];
  const scanned = (/** @type {string} */ modality) => [...ast('quick-3d'), '--modality', modality];
  const fitted = { imageSize: [256, 256], score: { reduction: 'max' } };
  const depth = { size: 128, dilate: 6 };
  return [
    { id: 'ast-256', label: 'AST `quick` at 256 px', backbone: 'bundled', args: ast('quick'), config: { imageSize: [256, 256] }, on: images },
    { id: 'ast-512', label: 'AST `quick` at 512 px', backbone: 'bundled', args: ast('quick'), config: { imageSize: [512, 512] }, on: images },
    { id: 'ast-768-b4', label: 'AST `quick` at 768 px', backbone: 'EfficientNet-B4', args: [...ast('quick'), '--backbone', 'efficientnet-b4', '--weights', shared(b4)], on: images },
    { id: 'stfpm', label: 'STFPM `quick`', backbone: 'bundled', args: ['--model', 'stfpm', '--preset', 'quick'], on: [...images, 'gear'] },
    { id: 'stfpm-resnet18', label: 'STFPM `quick`', backbone: 'ResNet-18', args: ['--model', 'stfpm', '--preset', 'quick', '--backbone', 'resnet18', '--weights', shared(resnet18)], on: images },
    { id: 'uninformed', label: 'Uninformed Students `quick`, p = 33', backbone: 'bundled descriptor', args: ['--model', 'uninformed-students', '--preset', 'quick'], on: [...images, 'gear'] },
    ...(teachers.length === 0
      ? []
      : [{ id: 'uninformed-three', label: 'Uninformed Students `quick`, p = 17, 33, 65', backbone: 'three descriptors', args: ['--model', 'uninformed-students', '--preset', 'quick', '--teacher', ...teachers], on: images }]),
    { id: 'ast-heights', label: 'AST `quick-heights`', backbone: '-', args: [...ast('quick-heights'), '--modality', 'depth', '--depth-scale', '1e-4'], on: ['weld'] },
    { id: 'ast-3d-rgb', label: 'AST `quick-3d` on colour', backbone: 'bundled', args: scanned('rgb'), config: fitted, on: ['gear'] },
    { id: 'ast-3d-depth', label: 'AST `quick-3d` on depth', backbone: '-', args: scanned('depth'), config: { depth, score: fitted.score }, on: ['gear'] },
    { id: 'ast-3d-both', label: 'AST `quick-3d` on both', backbone: 'bundled', args: scanned('rgb+depth'), config: { ...fitted, depth }, on: ['gear'] },
  ];
}
