import type { ImageFile } from './dataset.js';

/**
 * Throws where a depth map does not have its image's size. Rows and columns that changed places are named: the cloud was
 * then written the other way round.
 *
 * @param image [height, width]
 * @param depth [height, width]
 */
export function checkFrame({ path, depthPath }: Pick<ImageFile, 'path' | 'depthPath'>, image: readonly number[], depth: readonly number[]): void {
  if (image[0] === depth[0] && image[1] === depth[1]) return;
  const transposed = image[0] === depth[1] && image[1] === depth[0] ? ': it is transposed, its rows are the columns of the image' : '';
  throw new Error(`${depthPath}: a depth map of ${depth[1]}x${depth[0]} for ${path} of ${image[1]}x${image[0]} (width x height)${transposed}`);
}
