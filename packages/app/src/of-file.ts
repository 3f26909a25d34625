import type { ImageFile } from '@blemish/datasets';

/**
 * An error that names a part by its id, naming its file instead: an id says nothing of where a part lies.
 *
 * @param candidates the parts that it may be about; more than one only where their ids differ
 */
export function ofFile(error: unknown, ...candidates: readonly (ImageFile | undefined)[]): unknown {
  if (!(error instanceof Error)) return error;
  const file = candidates.find((part) => part !== undefined && error.message.startsWith(`${part.id}: `));
  if (file === undefined) return error;
  return new Error(`${file.depthPath ?? file.path}: ${error.message.slice(file.id.length + 2)}`, { cause: error });
}
