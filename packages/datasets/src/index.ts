export { isDepthOnly, type Dataset, type ImageFile, type LabeledFile } from './dataset.js';
export { usesDepth, usesImage, type Modality } from '@blemish/depth';
export { listMvtecAd, type ListOptions } from './list-mvtec-ad.js';
export { listMvtec3dAd } from './list-mvtec3d-ad.js';
export { categoryLayout, listCategory, type CategoryLayout } from './list-category.js';
export { folderModality, listPlainFolder, type PlainFolders } from './list-plain-folder.js';
export { listImages } from './list-images.js';
export { inFolders, inScans, pairDepth, type ExpectedAt, type FoundPart } from './pair-depth.js';
export { stem } from './match-masks.js';
export { besideScans } from './beside-scans.js';
export { scanFolders } from './scan-folders.js';
export { validateDataset, type ValidateOptions } from './validate-dataset.js';
export { loadMask } from './load-mask.js';
export { contentKey } from './content-key.js';
export type { DepthValues } from './depth-loader.js';
export type { SamplePart } from './sample-keys.js';
export {
  createSampleSource,
  type DepthSample,
  type FileSampleSource,
  type ImageSample,
  type LoadedSample,
  type SampleSourceOptions,
} from './sample-source.js';
export type { FileKind } from './find-kind.js';
export { depthEndings, findImages, folderExists, imageEndings, type FoundFile } from './find-images.js';
export { naturalOrder } from './natural-order.js';
export { drawPart, drawParts, type DrawnPart, type PartOptions } from './synthetic/draw-parts.js';
export { defectKinds, type DefectKind } from './synthetic/defects.js';
export { syntheticCategory, writeSyntheticDataset, type SyntheticOptions } from './synthetic/write-synthetic-dataset.js';
export { drawScannedPart, leastChange, type ScannedPart, type ScannedPartOptions } from './synthetic/scanned/draw-scanned-part.js';
export { partDefectNames, partDefects, type PartDefect } from './synthetic/scanned/part-defects.js';
export { partNames, type PartName } from './synthetic/scanned/part-models.js';
export { syntheticPartsDefaults, writeSyntheticParts, type SyntheticPartsOptions } from './synthetic/write-synthetic-parts.js';
