import type { ImageFile } from '@blemish/datasets';

/**
 * An error that names a part by its id, naming its file instead: an id says nothing of where a part lies.
 *
 * @param candidates the parts that it may be about, a whole data set or one; more than one only where their ids differ
 */
export function ofFile(error: unknown, candidates: readonly ImageFile[]): unknown {
  if (!(error instanceof Error)) return error;
  const file = candidates.find(({ id }) => error.message.startsWith(`${id}: `));
  if (file === undefined) return error;
  return new Error(`${file.depthPath ?? file.path}: ${error.message.slice(file.id.length + 2)}`, { cause: error });
}
