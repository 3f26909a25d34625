import type { ImageFile } from '@blemish/datasets';

/** An error that names a part by its id, naming its file instead: two folders may hold parts of one name. */
export function ofFile(error: unknown, file: ImageFile | undefined): unknown {
  if (!(error instanceof Error) || file === undefined || !error.message.startsWith(`${file.id}: `)) return error;
  return new Error(`${file.depthPath ?? file.path}: ${error.message.slice(file.id.length + 2)}`, { cause: error });
}
