/** A Huffman table as a file defines it: how many codes there are of 1 to 16 bits, and what they stand for. */
export interface HuffmanTable {
  /** [16] */
  readonly counts: Uint8Array;
  readonly values: Uint8Array;
}

/** What stands before the entropy-coded data of a baseline JPEG that is decoded here. */
export interface Baseline {
  readonly width: number;
  readonly height: number;
  /** Luma samples to one of chroma, [across, down]. */
  readonly sampling: readonly [number, number];
  /** One for gray; luma, blue and red chroma otherwise, each with the numbers of its tables. */
  readonly components: readonly { readonly quantisation: number; readonly difference: number; readonly coefficient: number }[];
  /** By number; [64] factors in zigzag order. */
  readonly quantisations: ReadonlyMap<number, Uint8Array>;
  /** By number; those of coefficients at 4 + number. */
  readonly huffman: ReadonlyMap<number, HuffmanTable>;
  /** MCUs between restart markers; 0 where there are none. */
  readonly interval: number;
  /** Where the data begin. */
  readonly dataAt: number;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: readonly { readonly id: number; readonly across: number; readonly down: number; readonly quantisation: number }[];
}

/**
 * Reads the segments up to the data (ITU T.81, annex B): sequential, Huffman, 8 bits, one scan, gray or YCbCr with chroma of
 * full size, or half of it across, or both ways.
 *
 * @returns undefined for every other JPEG, and for whatever is not as the standard has it
 */
export function readBaseline(bytes: Uint8Array): Baseline | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const quantisations = new Map<number, Uint8Array>();
  const huffman = new Map<number, HuffmanTable>();
  let frame: Frame | undefined;
  let interval = 0;
  let jfif = false;
  let transform: number | undefined;
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = view.getUint16(at);
    const end = at + 2 + view.getUint16(at + 2);
    const body = bytes.subarray(at + 4, end);
    if (end > bytes.length || end < at + 4) return undefined;
    if (marker === 0xffdb) {
      if (!readQuantisations(body, quantisations)) return undefined;
    } else if (marker === 0xffc4) {
      if (!readHuffman(body, huffman)) return undefined;
    } else if (marker === 0xffc0 || marker === 0xffc1) {
      if (frame !== undefined) return undefined;
      frame = readFrame(body);
      if (frame === undefined) return undefined;
    } else if (marker === 0xffdd) {
      if (body.length !== 2) return undefined;
      interval = view.getUint16(at + 4);
    } else if (marker === 0xffda) {
      const components = frame && readScan(body, frame);
      if (!frame || !components || !isYcc(frame, jfif, transform)) return undefined;
      const sampling = readSampling(frame);
      if (!sampling || components.some((c) => !quantisations.has(c.quantisation) || !huffman.has(c.difference) || !huffman.has(4 + c.coefficient))) return undefined;
      return { width: frame.width, height: frame.height, sampling, components, quantisations, huffman, interval, dataAt: end };
    } else if (marker === 0xffe0) {
      jfif ||= body.length >= 14 && startsWith(body, 'JFIF\0');
    } else if (marker === 0xffee) {
      if (body.length >= 12 && startsWith(body, 'Adobe')) transform = body[11];
    } else if (!(marker > 0xffe0 && marker <= 0xffef) && marker !== 0xfffe) return undefined;
    at = end;
  }
  return undefined;
}

function startsWith(body: Uint8Array, text: string): boolean {
  return [...text].every((letter, i) => body[i] === letter.charCodeAt(0));
}

/** DQT (B.2.4.1), factors of 8 bits. */
function readQuantisations(body: Uint8Array, tables: Map<number, Uint8Array>): boolean {
  for (let at = 0; at < body.length; at += 65) {
    const number = body[at] as number;
    const factors = body.subarray(at + 1, at + 65);
    if (number > 3 || factors.length !== 64 || factors.includes(0)) return false;
    tables.set(number, factors);
  }
  return true;
}

/** DHT (B.2.4.2). */
function readHuffman(body: Uint8Array, tables: Map<number, HuffmanTable>): boolean {
  for (let at = 0; at < body.length; ) {
    const [kind, number] = [(body[at] as number) >> 4, (body[at] as number) & 15];
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const values = body.subarray(at + 17, at + 17 + total);
    if (kind > 1 || number > 3 || counts.length !== 16 || total > 256 || values.length !== total) return false;
    tables.set(4 * kind + number, { counts, values });
    at += 17 + total;
  }
  return true;
}

/** SOF0 and SOF1 (B.2.2). */
function readFrame(body: Uint8Array): Frame | undefined {
  const count = body[5];
  if (body[0] !== 8 || (count !== 1 && count !== 3) || body.length !== 6 + 3 * count) return undefined;
  const [height, width] = [((body[1] as number) << 8) | (body[2] as number), ((body[3] as number) << 8) | (body[4] as number)];
  if (width === 0 || height === 0) return undefined;
  const components = Array.from({ length: count }, (_, n) => {
    const [id, sampling, quantisation] = body.subarray(6 + 3 * n) as unknown as [number, number, number];
    return { id, across: sampling >> 4, down: sampling & 15, quantisation };
  });
  if (new Set(components.map(({ id }) => id)).size !== count) return undefined;
  return { width, height, components };
}

/** SOS (B.2.3): all components, in the frame's order. */
function readScan(body: Uint8Array, { components }: Frame): Baseline['components'] | undefined {
  const count = components.length;
  if (body[0] !== count || body.length !== 4 + 2 * count) return undefined;
  const [first, last, approximation] = body.subarray(1 + 2 * count);
  if (first !== 0 || last !== 63 || approximation !== 0) return undefined;
  if (components.some(({ id }, n) => body[1 + 2 * n] !== id)) return undefined;
  const scan = components.map(({ quantisation }, n) => {
    const tables = body[2 + 2 * n] as number;
    return { quantisation, difference: tables >> 4, coefficient: tables & 15 };
  });
  return scan.every(({ difference, coefficient }) => difference < 4 && coefficient < 4) ? scan : undefined;
}

/** A scan of one component has one block to an MCU, whatever its sampling says (A.2.2). */
function readSampling({ components: [luma, ...chroma] }: Frame): readonly [number, number] | undefined {
  if (!luma) return undefined;
  if (chroma.length === 0) return luma.across > 0 && luma.across < 5 && luma.down > 0 && luma.down < 5 ? [1, 1] : undefined;
  if (chroma.some(({ across, down }) => across !== 1 || down !== 1)) return undefined;
  const known = (luma.across === 1 && luma.down === 1) || (luma.across === 2 && (luma.down === 1 || luma.down === 2));
  return known ? [luma.across, luma.down] : undefined;
}

/** Gray, or three components that a marker or their numbers say to be YCbCr. */
function isYcc({ components }: Frame, jfif: boolean, transform: number | undefined): boolean {
  if (components.length === 1) return true;
  if (transform !== undefined) return transform === 1;
  return jfif || components.every(({ id }, n) => id === n + 1);
}
