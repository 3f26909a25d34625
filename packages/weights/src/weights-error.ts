const errorName = 'WeightsError';

/** A fault of the file's contents, not yet saying which file; `atDoor` adds that. */
export function fault(text: string, cause?: unknown): Error {
  const error = new Error(text, cause === undefined ? undefined : { cause });
  error.name = errorName;
  return error;
}

/**
 * Runs `body` and puts the file's name before the message of any `fault` it throws; other errors are bugs and pass
 * unchanged.
 */
export function atDoor<T>(file: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof Error && error.name === errorName) throw fault(`${file}: ${error.message}`, error.cause);
    throw error;
  }
}

/** A string out of a file as one line that is safe to print: quoted, escaped, at most 80 characters. */
export function quote(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return JSON.stringify(short).replace(/[\u007f-\u009f\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
