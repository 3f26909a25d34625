import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { errorReason, fileError, rootCause } from './file-error.js';

/** How far a download has come. */
export interface DownloadProgress {
  /** Bytes on the disk, those of earlier attempts included. */
  readonly received: number;
  readonly total: number;
}

/** What one attempt needs to know. */
export interface FetchOptions {
  readonly url: string;
  readonly size: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
  readonly stallMs?: number;
}

/** An error after which trying again is useless. */
function final(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { final: true });
}

/** True where trying again cannot help: the server said no, or the disk did. */
export function isFinal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'final' in error && error.final === true;
}

/**
 * One attempt to complete the file at `part`: asks for the bytes it lacks (HTTP Range), or starts over where the server
 * sends everything. Returns when the file has `size` bytes.
 *
 * @throws Error where the connection breaks, the server refuses, or the disk does (then marked final)
 */
export async function fetchInto(part: string, options: FetchOptions): Promise<void> {
  const { size, onProgress } = options;
  let received = (await stat(part).catch(() => undefined))?.size ?? 0;
  if (received > size) {
    await rm(part);
    received = 0;
  }
  if (received === size && size > 0) return;
  const watch = watchForSilence(options.signal, options.stallMs ?? 60000);
  try {
    const response = await request(options, received, watch.signal);
    if (response.status !== 206) received = 0;
    const file = await open(part, received > 0 ? 'a' : 'w').catch((cause) => {
      throw final(fileError(part, 'cannot write it', cause).message, cause);
    });
    try {
      onProgress?.({ received, total: size });
      for await (const piece of response.body ?? []) {
        watch.heard();
        received += piece.length;
        if (received > size) throw final(`the server sends more than ${size} bytes`);
        await append(file, part, piece);
        onProgress?.({ received, total: size });
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw watch.silent() ? new Error(`nothing arrived for ${options.stallMs ?? 60000} ms`, { cause }) : readable(cause);
  } finally {
    watch.stop();
  }
  if (received < size) throw new Error(`the connection ended after ${received} of ${size} bytes; the same command continues there`);
}

async function request({ url, fetch = globalThis.fetch }: FetchOptions, start: number, signal: AbortSignal): Promise<Response> {
  // A compressed answer would be of another length, and its ranges of other bytes.
  const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
  const response = await fetch(url, { signal, headers });
  const from = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (response.status === 206 && Number(from) === start) return response;
  if (response.status === 200) return response;
  await response.body?.cancel();
  // A range that cannot be had: what is there belongs to another file.
  if (start > 0 && (response.status === 416 || response.status === 206)) return request({ url, fetch, size: 0 }, 0, signal);
  const message = `the server answers ${response.status} ${response.statusText}`.trim();
  throw response.status >= 500 || response.status === 429 ? new Error(message) : final(message);
}

async function append(file: FileHandle, part: string, piece: Uint8Array): Promise<void> {
  try {
    await file.writeFile(piece);
  } catch (cause) {
    throw final(fileError(part, 'cannot write it', cause).message, cause);
  }
}

/** Node's fetch says only "fetch failed" or "terminated" and keeps the reason in `cause`. */
export function readable(error: unknown): unknown {
  if (isFinal(error)) return error;
  const cause = rootCause(error);
  return cause === error ? error : new Error(`no connection: ${errorReason(cause)}`, { cause: error });
}

/** A signal that aborts with `outer`, or once nothing was heard for `ms`. */
function watchForSilence(outer: AbortSignal | undefined, ms: number) {
  const controller = new AbortController();
  let silent = false;
  const onSilence = (): void => {
    silent = true;
    controller.abort();
  };
  let timer = setTimeout(onSilence, ms);
  return {
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, ms);
    },
    silent: () => silent,
    stop: () => clearTimeout(timer),
  };
}
