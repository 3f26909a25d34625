import { decodeMask, decodeImage, readImageSize } from '@blemish/images';
import type { Dataset, ImageFile } from './dataset.js';

/** How a data set is validated. */
export interface ValidateOptions {
  /** True decodes every file instead of reading headers: finds damage in the middle of a file, at the cost of one pass. */
  readonly pixels?: boolean;
  /** Called after each image. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Files looked at side by side. */
const atOnce = 8;

/**
 * Looks at every image and mask of a list before work begins.
 *
 * @throws one line with the first problem in the list's order and how many more there are: no image, a broken header, an
 * unreadable file, a mask of another size than its image
 */
export async function validateDataset(dataset: Pick<Dataset, 'train' | 'test'>, options: ValidateOptions = {}): Promise<void> {
  const { pixels = false, onProgress, signal } = options;
  const files: readonly (ImageFile & { readonly maskPath?: string })[] = [...dataset.train, ...dataset.test];
  const problems = new Map<number, Error>();
  let next = 0;
  let done = 0;
  const look = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      signal?.throwIfAborted();
      const file = files[i] as (typeof files)[number];
      await checkFile(file.path, file.maskPath, pixels).catch((error: Error) => problems.set(i, error));
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

async function checkFile(path: string, maskPath: string | undefined, pixels: boolean): Promise<void> {
  const [height, width] = pixels ? ((await decodeImage(path)).shape as [number, number, number]) : await readImageSize(path);
  if (maskPath === undefined) return;
  const [maskHeight, maskWidth] = pixels ? (await decodeMask(maskPath)).shape : await readImageSize(maskPath);
  if (maskHeight !== height || maskWidth !== width) {
    throw new Error(`${maskPath}: a mask of ${maskWidth}x${maskHeight} for ${path} of ${width}x${height} (width x height)`);
  }
}
