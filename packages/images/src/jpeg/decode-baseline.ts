import { kernelBytes, openKernels, type Kernels } from '@blemish/raster';
import type { Baseline } from './read-baseline.js';
import { jpegWasm } from './jpeg-wasm.js';

// Places in the kernels' memory, as wasm/jpeg/layout.ts has them.
const quantisationAt = 1024;
const quantisationBytes = 320;
const definitionAt = 3072;

/** A kernel's memory never shrinks: larger files are left to libvips. */
const largestData = 2 ** 24;

// Where the k-th coefficient of the zigzag lies in a block (ITU T.81, figure A.6).
const zigzag = Uint8Array.from(
  Array.from({ length: 64 }, (_, at) => ({ at, x: at & 7, y: at >> 3 })).sort((a, b) => a.x + a.y - b.x - b.y || ((a.x + a.y) & 1 ? a.y - b.y : a.x - b.x)),
  ({ at }) => at,
);

interface Exports {
  huffman(number: number): number;
  layOut(width: number, height: number, components: number, across: number, down: number, interval: number, bytes: number, floats: number): number;
  sourceAt(): number;
  outputAt(): number;
  begin(first: number, second: number, third: number): void;
  nextStrip(): number;
}

type JpegKernels = Exports & Pick<Kernels<never>, 'memory'>;

let kernels: JpegKernels | undefined;
let tried = false;

/**
 * Decodes the data of a baseline JPEG to exactly the levels that libjpeg gives, strip by strip.
 *
 * @param target [height, width, 3], RGB: levels, or for floats those numbers that `unitRange` makes of them
 * @returns whether it could: false, and `target` partly written, where anything about the data is not as the standard has
 * it, or where there are no vector instructions or no memory for them
 */
export function decodeBaseline(bytes: Uint8Array, image: Baseline, target: Uint8Array | Float32Array): boolean {
  const { width, height, sampling, components, quantisations, huffman, interval, dataAt } = image;
  const data = bytes.subarray(dataAt);
  if (!tried) [kernels, tried] = [openKernels(jpegWasm) as unknown as JpegKernels | undefined, true];
  if (kernels === undefined || data.length > largestData) return false;
  const floats = target instanceof Float32Array;
  const needed = kernels.layOut(width, height, components.length, sampling[0], sampling[1], interval, data.length, floats ? 1 : 0);
  const memory = roomFor(kernels, needed);
  if (memory === undefined) return false;
  for (const [number, factors] of quantisations) writeQuantisation(memory, number, factors);
  for (const [number, { counts, values }] of huffman) {
    memory.set(counts, definitionAt);
    memory.set(values, definitionAt + counts.length);
    if (!kernels.huffman(number)) return false;
  }
  memory.set(data, kernels.sourceAt());
  const [first = 0, second = 0, third = 0] = components.map((c) => c.difference | ((4 + c.coefficient) << 2) | (c.quantisation << 5));
  kernels.begin(first, second, third);
  const strip = floats ? new Float32Array(memory.buffer, kernels.outputAt()) : memory.subarray(kernels.outputAt());
  for (let y = 0; y < height; ) {
    const rows = kernels.nextStrip();
    if (rows < 0) return false;
    target.set(strip.subarray(0, rows * width * 3), y * width * 3);
    y += rows;
  }
  return true;
}

/** The kernels' memory once it has that many bytes; undefined where the process may not have them. */
function roomFor(opened: JpegKernels, bytes: number): Uint8Array | undefined {
  try {
    return kernelBytes(opened, bytes);
  } catch {
    return undefined;
  }
}

/** Each factor beside the place of its coefficient; what runs beyond a block goes to a place that nobody reads. */
function writeQuantisation(memory: Uint8Array, number: number, factors: Uint8Array): void {
  const view = new DataView(memory.buffer, quantisationAt + number * quantisationBytes, quantisationBytes);
  for (let k = 0; k < 80; k++) view.setUint32(4 * k, k < 64 ? ((factors[k] as number) << 16) | (2 * (zigzag[k] as number)) : 128, true);
}
