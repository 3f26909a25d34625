import { readable } from './fetch-into.js';

/**
 * The length of the file at an address, as its server states it.
 *
 * @throws Error where the server refuses, or states none
 */
export async function remoteSize(url: string, fetch: typeof globalThis.fetch, signal: AbortSignal | undefined): Promise<number> {
  const response = await fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'identity' }, signal: signal ?? null }).catch((cause: unknown) => {
    throw readable(cause);
  });
  if (!response.ok) throw new Error(`the server answers ${response.status} ${response.statusText}`.trim());
  const length = Number(response.headers.get('content-length') ?? NaN);
  if (!Number.isSafeInteger(length) || length <= 0) throw new Error('the server does not say how long the file is');
  return length;
}
