import { readFileSync } from 'node:fs';

/** The golden score maps by name, their masks, and the labels of the masks' components. */
export interface GoldenMaps {
  readonly maps: ReadonlyMap<string, Float32Array[]>;
  readonly masks: Uint8Array[];
  readonly labels: Uint8Array[];
  readonly shape: readonly [number, number];
}

/** Reads the golden safetensors file with a few lines of our own: a pure package's tests lean on no other package. */
export function readGoldenMaps(path: string): GoldenMaps {
  const bytes = new Uint8Array(readFileSync(path));
  const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, headerEnd))) as Record<
    string,
    { readonly shape: [number, number, number]; readonly data_offsets: [number, number] }
  >;
  const [count, height, width] = (header['masks'] as (typeof header)[string]).shape;
  const split = (name: string): Uint8Array[] => {
    const [start, end] = (header[name] as (typeof header)[string]).data_offsets;
    const size = (end - start) / count;
    return Array.from({ length: count }, (_, i) => bytes.slice(headerEnd + start + i * size, headerEnd + start + (i + 1) * size));
  };
  const maps = new Map(
    Object.keys(header)
      .filter((name) => name.startsWith('scores/'))
      .map((name) => [name.slice('scores/'.length), split(name).map((part) => new Float32Array(part.buffer))]),
  );
  return { maps, masks: split('masks'), labels: split('labels_8conn(scipy)'), shape: [height, width] };
}
