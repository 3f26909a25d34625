export { cleanDepth } from './clean-depth.js';
export { zOf } from './z-of.js';
export { readNpy, type NpyArray } from './files/read-npy.js';
export { npyGrid } from './files/npy-grid.js';
export { readPly } from './files/read-ply.js';
export { readPcd } from './files/read-pcd.js';
export { readCloudGrid, sniffCloudFormat, type CloudFormat } from './files/cloud-file.js';
export { headerLimit } from './files/header-lines.js';
export { encodePly, type PlyColumns } from './files/encode-ply.js';
