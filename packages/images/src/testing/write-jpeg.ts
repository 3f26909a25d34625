/** A baseline JPEG to write: drawn coefficients, in any sampling. */
export interface JpegParts {
  readonly width: number;
  readonly height: number;
  /** Luma samples to one of chroma, [across, down]; undefined for gray. */
  readonly sampling?: readonly [number, number] | undefined;
  /** MCUs between restart markers. */
  readonly interval?: number;
  /** Draws from [0,1). */
  readonly draw: () => number;
  /** Of every coefficient; default 3. */
  readonly factor?: number;
  /** Largest magnitude of a dequantised coefficient drawn. */
  readonly largest?: number;
  /** What says that the components are YCbCr: a JFIF segment, an Adobe segment, or only their numbers. Default JFIF. */
  readonly says?: 'jfif' | 'adobe' | 'numbers';
  /** The sampling that a gray image names, which means nothing. */
  readonly graySampling?: number;
  /** SOF0 or SOF1. */
  readonly frame?: 0xc0 | 0xc1;
}

/** A file whose blocks have drawn coefficients, its codes from 2 to 16 bits long (ITU T.81, annexes B, C and F). */
export function writeJpeg(parts: JpegParts): Uint8Array {
  const { width, height, sampling, interval = 0, draw, factor = 3, largest = 60, says = 'jfif', graySampling = 0x11, frame = 0xc0 } = parts;
  const [across, down] = sampling ?? [1, 1];
  const components = sampling ? [across * 16 + down, 0x11, 0x11] : [graySampling];
  const bytes: number[] = [0xff, 0xd8];
  const segment = (marker: number, ...body: number[]): void => void bytes.push(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body);
  const text = (word: string): number[] => [...Buffer.from(word, 'latin1')];
  if (says === 'jfif') segment(0xe0, ...text('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0);
  if (says === 'adobe') segment(0xee, ...text('Adobe'), 0, 100, 0, 0, 0, 0, sampling ? 1 : 0);
  segment(0xdb, 0, ...new Array<number>(64).fill(factor));
  segment(frame, 8, height >> 8, height & 255, width >> 8, width & 255, components.length, ...components.flatMap((s, n) => [n + 1, s, 0]));
  const differences = makeTable(Array.from({ length: 12 }, (_, size) => size), 2);
  const coefficients = makeTable([0, 1, 0xf0, ...Array.from({ length: 160 }, (_, i) => (Math.floor(i / 10) << 4) | (1 + (i % 10))).filter((s) => s !== 1)], 3);
  segment(0xc4, 0, ...differences.definition);
  segment(0xc4, 0x10, ...coefficients.definition);
  if (interval) segment(0xdd, interval >> 8, interval & 255);
  segment(0xda, components.length, ...components.flatMap((_, n) => [n + 1, 0]), 0, 63, 0);

  let [word, filled] = [0, 0];
  const put = (value: number, length: number): void => {
    for (let bit = length - 1; bit >= 0; bit--) {
      word = (word << 1) | ((value >> bit) & 1);
      if (++filled < 8) continue;
      bytes.push(word);
      if (word === 255) bytes.push(0);
      [word, filled] = [0, 0];
    }
  };
  const number = (value: number): void => {
    const size = sizeOf(value);
    put(value < 0 ? value + 2 ** size - 1 : value, size);
  };
  const flush = (): void => {
    while (filled > 0) put(1, 1);
  };
  const previous = [0, 0, 0];
  const writeBlock = (component: number): void => {
    const bound = Math.floor(largest / factor);
    const level = (): number => Math.round((2 * draw() - 1) ** 3 * bound);
    const dc = Math.round((2 * draw() - 1) * (900 / factor));
    put(...differences.code(sizeOf(dc - (previous[component] as number))));
    number(dc - (previous[component] as number));
    previous[component] = dc;
    const until = draw() < 0.2 ? 0 : Math.floor(64 * draw() ** 2);
    let zeros = 0;
    for (let k = 1; k <= until; k++) {
      const value = draw() < 0.4 && k < until ? 0 : level() || 1;
      if (value === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) put(...coefficients.code(0xf0));
      put(...coefficients.code((zeros << 4) | sizeOf(value)));
      number(value);
      zeros = 0;
    }
    if (until < 63) put(...coefficients.code(0));
  };
  const mcus = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  for (let mcu = 0; mcu < mcus; mcu++) {
    if (interval && mcu && mcu % interval === 0) {
      flush();
      bytes.push(0xff, 0xd0 | ((mcu / interval - 1) & 7));
      previous.fill(0);
    }
    for (let n = 0; n < across * down; n++) writeBlock(0);
    for (let n = 1; n < components.length; n++) writeBlock(n);
  }
  flush();
  return Uint8Array.from([...bytes, 0xff, 0xd9]);
}

function sizeOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}

interface Table {
  /** Counts and values. */
  readonly definition: readonly number[];
  /** A symbol's code and its bits. */
  code(symbol: number): [number, number];
}

/** One code each of `shortest` bits up to 11, the others of 16. */
function makeTable(symbols: readonly number[], shortest: number): Table {
  const counts = new Array<number>(16).fill(0);
  const codes = new Map<number, [number, number]>();
  let code = 0;
  let before = shortest;
  symbols.forEach((symbol, n) => {
    const length = n + shortest <= 11 ? n + shortest : 16;
    code <<= length - before;
    before = length;
    counts[length - 1] = (counts[length - 1] as number) + 1;
    codes.set(symbol, [code++, length]);
  });
  return { definition: [...counts, ...symbols], code: (symbol) => codes.get(symbol) as [number, number] };
}
