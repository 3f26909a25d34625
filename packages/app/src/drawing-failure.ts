import { fileReason } from './read-file-for.js';

/** Why parts could not be drawn below a folder, in one line; an error that already is one, as it came. */
export function drawingFailure(folder: string, cause: unknown): unknown {
  const isSystems = typeof (cause as NodeJS.ErrnoException).code === 'string';
  return isSystems ? new Error(`${folder}: cannot draw parts there: ${fileReason(cause)}`, { cause }) : cause;
}
