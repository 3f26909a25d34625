import { zipSync, type Zippable } from 'fflate';

// An independent writer of PyTorch checkpoints, honest or not: pickles are put together opcode by opcode.

/** The long integer that every checkpoint before PyTorch 1.6 begins with, as a pickle of its own. */
const legacyMagic = Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e);

/** Part of a pickle: opcode bytes, or text that stands for them one letter a byte. */
export type Part = string | ArrayLike<number>;

/** Joins parts. */
export function join(...parts: readonly Part[]): Uint8Array {
  const bytes: number[] = [];
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) bytes.push(typeof part === 'string' ? part.charCodeAt(i) : (part[i] as number));
  }
  return Uint8Array.from(bytes);
}

/** `count` little-endian bytes of a whole number. */
export function little(value: number | bigint, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 255n));
}

/** A pickle of protocol 2. */
export function pickle(...parts: readonly Part[]): Uint8Array {
  return join([0x80, 2], ...parts, '.');
}

/** BINUNICODE */
export function text(value: string): Uint8Array {
  const utf8 = new TextEncoder().encode(value);
  return join('X', little(utf8.length, 4), utf8);
}

/** A whole number: BININT where it fits, else LONG1. */
export function int(value: number): Uint8Array {
  return value === (value | 0) ? join('J', little(value, 4)) : join([0x8a, 9], little(value, 9));
}

/** A tuple of anything. */
export function tuple(...items: readonly Part[]): Uint8Array {
  return join('(', ...items, 't');
}

/** GLOBAL */
export function global(module: string, name: string): Uint8Array {
  return join(`c${module}\n${name}\n`);
}

/** A dict of text keys. */
export function dict(entries: Readonly<Record<string, Part>>): Uint8Array {
  return join('}(', ...Object.entries(entries).flatMap(([key, value]) => [text(key), value]), 'u');
}

/** A storage by persistent id; `view` as the legacy container writes it. */
export function storage(type: string, key: string, count: number, view?: readonly [number, number]): Uint8Array {
  const rest = view === undefined ? [] : [tuple(text('view'), int(view[0]), int(view[1]))];
  return join(tuple(text('storage'), global('torch', type), text(key), text('cpu'), int(count), ...rest), 'Q');
}

/** `_rebuild_tensor_v2` of a storage. */
export function tensor(of: Part, offset: number, size: readonly number[], stride: readonly number[]): Uint8Array {
  const hooks = join(global('collections', 'OrderedDict'), ')R');
  const call = global('torch._utils', '_rebuild_tensor_v2');
  return join(call, tuple(of, int(offset), tuple(...size.map(int)), tuple(...stride.map(int)), [0x89], hooks), 'R');
}

/** The zip container. */
export function zipCheckpoint(
  root: Uint8Array,
  storages: Readonly<Record<string, Uint8Array>> = {},
  { level = 0, ...extra }: { readonly level?: 0 | 6; readonly [entry: string]: string | number | undefined } = {},
): Uint8Array {
  const files: Zippable = { 'x/data.pkl': root };
  for (const [key, bytes] of Object.entries(storages)) files[`x/data/${key}`] = bytes;
  for (const [name, value] of Object.entries(extra)) files[`x/${name}`] = new TextEncoder().encode(String(value));
  return zipSync(files, { level });
}

/** The legacy container; storages as key, count and bytes. */
export function legacyCheckpoint(root: Uint8Array, storages: readonly (readonly [string, number, Uint8Array])[] = []): Uint8Array {
  const keys = pickle('](', ...storages.map(([key]) => text(key)), 'e');
  const raw = storages.map(([, count, bytes]) => join(little(count, 8), bytes));
  const header = join(legacyMagic, pickle('M', little(1001, 2)), pickle(dict({ little_endian: [0x88] })), root, keys);
  return joinBytes([header, ...raw]);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
