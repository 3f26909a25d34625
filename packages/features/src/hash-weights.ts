import type { NamedWeights } from './backbone.js';

interface Digester {
  digest(algorithm: 'SHA-256', bytes: Uint8Array): Promise<ArrayBuffer>;
}

/**
 * SHA-256 (64 hexadecimal digits) of named arrays: of their names, shapes and values as float32, whatever file or order
 * they came in. Two files that give a backbone the same weights have the same hash, so it can key cached features and
 * name in a model the weights that the model leaves out.
 *
 * The hash is that of lines `name shape hash-of-the-values`, sorted, names URI-encoded, little-endian float32.
 *
 * @param weights such as `select` returns, so that a prefix or weights beyond the last tap make no difference
 * @throws Error where the platform offers no Web Crypto (a browser page not served over https)
 */
export async function hashWeights(weights: NamedWeights): Promise<string> {
  const digester = (globalThis as { crypto?: { subtle?: Digester } }).crypto?.subtle;
  if (digester === undefined) throw new Error('hashWeights: this platform has no crypto.subtle (a page needs https)');
  const sha256 = async (bytes: Uint8Array): Promise<string> => hexadecimal(await digester.digest('SHA-256', bytes));

  const lines: string[] = [];
  for (const [name, { shape, data }] of weights) {
    const values = data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    lines.push(`${encodeURIComponent(name)} ${shape.join('x')} ${await sha256(bytes)}\n`);
  }
  return sha256(Uint8Array.from(lines.sort().join(""), (character) => character.charCodeAt(0)));
}

function hexadecimal(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
