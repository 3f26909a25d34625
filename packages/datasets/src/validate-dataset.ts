import { decodeDepth, decodeImage, decodeMask, readDepthSize, readImageSize } from '@blemish/images';
import { checkFrame } from './check-frame.js';
import { isDepthOnly, type Dataset, type ImageFile, type LabeledFile } from './dataset.js';
import type { DepthValues } from './depth-loader.js';

/** How a data set is validated. */
export interface ValidateOptions {
  /** True decodes every file instead of reading headers: finds damage in the middle of a file, at the cost of one pass. */
  readonly pixels?: boolean;
  /** What the numbers in depth maps mean. */
  readonly depth?: DepthValues;
  /** Called after each image. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Files looked at side by side. */
const atOnce = 8;

type Listed = ImageFile & Pick<LabeledFile, 'maskPath' | 'emptyMaskPath'>;

/**
 * Looks at every image, depth map and mask of a list before work begins. The first depth map is always decoded: what is no
 * depth map at all, or needs a scale, shows there.
 *
 * @throws one line with the first problem in the list's order and how many more there are: no image, a broken header, an
 * unreadable file, a mask or a depth map of another size than its image, with `pixels` also a good image's mask that is
 * not empty
 */
export async function validateDataset(dataset: Pick<Dataset, 'train' | 'validation' | 'test'>, options: ValidateOptions = {}): Promise<void> {
  const { pixels = false, depth = {}, onProgress, signal } = options;
  const files: readonly Listed[] = [...dataset.train, ...(dataset.validation ?? []), ...dataset.test];
  const firstDepth = files.findIndex(({ depthPath }) => depthPath !== undefined);
  const problems = new Map<number, Error>();
  let next = 0;
  let done = 0;
  const look = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      signal?.throwIfAborted();
      const size: SizeOf = {
        image: async (path) => (pixels ? ((await decodeImage(path)).shape as [number, number, number]) : readImageSize(path)),
        depth: async (path) => (pixels || i === firstDepth ? ((await decodeDepth(path, depth)).z.shape as [number, number]) : readDepthSize(path)),
        mask: async (path) => (pixels ? (await decodeMask(path)).shape : readImageSize(path)),
      };
      await checkFile(files[i] as Listed, size, pixels).catch((error: Error) => problems.set(i, error));
      onProgress?.(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  const [first] = [...problems.keys()].sort((a, b) => a - b);
  if (first === undefined) return;
  const problem = problems.get(first) as Error;
  const more = problems.size > 1 ? ` (and ${problems.size - 1} more files with problems)` : '';
  throw new Error(`${problem.message}${more}`, { cause: problem });
}

/** [height, width, ...] of a file, from its header or its pixels. */
type SizeOf = Readonly<Record<'image' | 'depth' | 'mask', (path: string) => Promise<readonly [number, number, ...number[]]>>>;

async function checkFile(file: Listed, size: SizeOf, pixels: boolean): Promise<void> {
  const { path, depthPath, maskPath, emptyMaskPath } = file;
  const [height, width] = await (isDepthOnly(file) ? size.depth : size.image)(path);
  if (depthPath !== undefined && !isDepthOnly(file)) checkFrame(file, [height, width], await size.depth(depthPath));
  if (maskPath !== undefined) {
    const [maskHeight, maskWidth] = await size.mask(maskPath);
    if (maskHeight !== height || maskWidth !== width) {
      throw new Error(`${maskPath}: a mask of ${maskWidth}x${maskHeight} for ${path} of ${width}x${height} (width x height)`);
    }
  }
  if (pixels && emptyMaskPath !== undefined && (await decodeMask(emptyMaskPath)).data.some((level) => level > 0)) {
    throw new Error(`${emptyMaskPath}: marks a defect in ${path}, which is listed as good`);
  }
}
