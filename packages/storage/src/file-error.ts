const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};

/** The system's code of an error, such as `ENOSPC`. */
export function errorCode(error: unknown): string | undefined {
  return textOf(error, 'code');
}

/** What lies behind an error, or the error itself. */
export function rootCause(error: unknown): unknown {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return cause === undefined ? error : rootCause(cause);
}

// Not `instanceof Error`: errors of Node's own modules come from another realm in workers and in tests.
function textOf(error: unknown, key: 'code' | 'message'): string | undefined {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Why an operation failed, in a few words and one line. */
export function errorReason(error: unknown): string {
  const known = reasons[errorCode(error) ?? ''];
  const text = known ?? textOf(error, 'message') ?? errorCode(error) ?? String(error);
  return text.replace(/\s+/g, ' ').trim();
}

/** One line that says which file, what was tried, and why it failed. */
export function fileError(path: string, failed: string, cause: unknown): Error {
  return new Error(`${path}: ${failed}: ${errorReason(cause)}`, { cause });
}
