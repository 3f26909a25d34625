// A baseline JPEG (ITU T.81, sequential, Huffman, 8 bits) strip by strip: what `src/jpeg` calls.
import { codeBytes, codes, definition, free, quantisationBytes, quantisations } from './layout';
import { makeCodes } from './codes';
import { beyond, last, magnitudes, openData, readBlock, slack, startBlocks } from './stream';
import { fillBlock, startTransforms, transformBlock, wide } from './transform';
import { colourRow, grayRow } from './colours';
import { repeatRow, widenRow, widenRows } from './rows';

let width: i32 = 0;
let height: i32 = 0;
let colour: bool = false;
/** Luma samples for one of chroma. */
let across: i32 = 1;
let down: i32 = 1;
let numbers: bool = false;
/** MCUs between restart markers, 0 where there are none, and how many of them are left. */
let interval: i32 = 0;
let left: i32 = 0;
let restarts: i32 = 0;
/** MCUs of a row and rows of MCUs. */
let columns: i32 = 0;
let strips: i32 = 0;
let strip: i32 = 0;

// Planes hold a row above those of a strip, the strip, and for chroma a row below.
let lumaStride: usize = 0;
let chromaStride: usize = 0;
let chromaWidth: usize = 0;
let luma: usize = 0;
let blues: usize = 0;
let reds: usize = 0;
let wideBlues: usize = 0;
let wideReds: usize = 0;
let output: usize = 0;
let source: usize = 0;
let sourceEnd: usize = 0;
let stream: usize = 0;
let marker: usize = 0;

/** Component n's tables of codes: differences | coefficients << 2 | quantisation << 5. */
let tables0: i32 = 0;
let tables1: i32 = 0;
let tables2: i32 = 0;
let dc0: i32 = 0;
let dc1: i32 = 0;
let dc2: i32 = 0;

/** Makes Huffman table `n` (0 to 3 for differences, 4 to 7 for coefficients) of what lies at `definition`. */
export function huffman(n: usize): bool {
  return makeCodes(definition, codes + n * codeBytes, n < 4);
}

/**
 * Lays an image out in memory.
 *
 * @param bytes of its entropy-coded data with all that follows
 * @param floats strips are numbers in [0,1], not levels
 * @returns bytes of memory that are needed; nothing but `huffman` may be called before there are so many
 */
export function layOut(w: i32, h: i32, components: i32, horizontal: i32, vertical: i32, every: i32, bytes: usize, floats: bool): usize {
  width = w;
  height = h;
  colour = components === 3;
  across = horizontal;
  down = vertical;
  interval = every;
  numbers = floats;
  columns = (w + 8 * across - 1) / (8 * across);
  strips = (h + 8 * down - 1) / (8 * down);
  chromaWidth = (w + across - 1) / across;
  lumaStride = columns * 8 * across + 16;
  chromaStride = columns * 8 + 16;
  luma = free;
  let end = luma + lumaStride * (8 * down + 1);
  if (colour) {
    blues = end;
    reds = blues + chromaStride * 10;
    wideBlues = reds + chromaStride * 10;
    wideReds = wideBlues + lumaStride + 32;
    end = wideReds + lumaStride + 32;
  }
  output = (end + 15) & ~15;
  source = output + (8 * down + 1) * w * (numbers ? 12 : 3) + 192;
  sourceEnd = source + bytes;
  stream = sourceEnd + 16 + slack + bytes;
  return stream + 16;
}

/** Where the entropy-coded data belong. */
export function sourceAt(): usize {
  return source;
}

/** Where strips come. */
export function outputAt(): usize {
  return output;
}

/** Before the first strip: each component's tables. */
export function begin(first: i32, second: i32, third: i32): void {
  tables0 = first;
  tables1 = second;
  tables2 = third;
  strip = restarts = 0;
  left = interval;
  startBlocks();
  startTransforms();
  open(source);
}

function open(from: usize): void {
  dc0 = dc1 = dc2 = 0;
  marker = openData(from, sourceEnd, stream);
}

/** Whether the data end here, at a marker. */
function ended(code: u8): bool {
  const rest = -beyond();
  return rest >= 0 && rest < 8 && marker !== 0 && load<u8>(marker + 1) === code;
}

@inline
function take(tables: i32, previous: i32, to: usize, stride: usize): i32 {
  const dc = readBlock(
    codes + usize(tables & 3) * codeBytes,
    codes + usize((tables >> 2) & 7) * codeBytes,
    quantisations + usize(tables >> 5) * quantisationBytes,
    previous,
  );
  if (last === 1) fillBlock(to, stride);
  else transformBlock(to, stride);
  return dc;
}

/** Reads a row of MCUs into the planes. */
function readStrip(): bool {
  const lumaTop = luma + lumaStride;
  for (let x = 0; x < columns; x++) {
    if (interval !== 0) {
      if (left === 0) {
        if (!ended(u8(0xd0 | (restarts & 7)))) return false;
        restarts++;
        left = interval;
        open(marker + 2);
      }
      left--;
    }
    for (let v = 0; v < down; v++) {
      for (let h = 0; h < across; h++) {
        dc0 = take(tables0, dc0, lumaTop + usize(v) * 8 * lumaStride + usize(x * across + h) * 8, lumaStride);
      }
    }
    if (colour) {
      dc1 = take(tables1, dc1, blues + chromaStride + usize(x) * 8, chromaStride);
      dc2 = take(tables2, dc2, reds + chromaStride + usize(x) * 8, chromaStride);
    }
    if (beyond() > 0) return false;
  }
  return (magnitudes & ~4095) === 0 && (wide & 0xff) === 0;
}

/** The number behind the last of each row is the last again; so are the rows above the first and below the last. */
function extendChroma(plane: usize, first: bool, final: bool): void {
  for (let y: usize = 1; y < 9; y++) {
    const end = plane + y * chromaStride + chromaWidth;
    store<u8>(end, load<u8>(end - 1));
  }
  if (first) memory.copy(plane, plane + chromaStride, chromaStride);
  if (final) {
    const below = usize((height + down - 1) / down - 8 * strip + 1);
    memory.copy(plane + below * chromaStride, plane + (below - 1) * chromaStride, chromaStride);
  }
}

/** Row `y` of the image to `to`, from planes that hold it and its neighbours. */
function writeRow(y: i32, to: usize): void {
  const row = luma + usize(y - 8 * down * strip + 1) * lumaStride;
  if (!colour) {
    grayRow(row, to, width, numbers);
    return;
  }
  const near = usize(y / down - 8 * strip + 1) * chromaStride;
  if (across === 1) {
    colourRow(row, blues + near, reds + near, to, width, numbers);
    return;
  }
  if (chromaWidth <= 2) {
    repeatRow(blues + near, wideBlues, chromaWidth);
    repeatRow(reds + near, wideReds, chromaWidth);
  } else if (down === 1) {
    widenRow(blues + near, wideBlues, chromaWidth);
    widenRow(reds + near, wideReds, chromaWidth);
  } else {
    const far = y & 1 ? near + chromaStride : near - chromaStride;
    widenRows(blues + near, blues + far, wideBlues, chromaWidth);
    widenRows(reds + near, reds + far, wideReds, chromaWidth);
  }
  colourRow(row, wideBlues, wideReds, to, width, numbers);
}

/**
 * Decodes the next strip.
 *
 * @returns its rows; -1 where the data are not as they should be, or where numbers come out so large that decoders differ
 */
export function nextStrip(): i32 {
  if (strip >= strips || !readStrip()) return -1;
  const final = strip === strips - 1;
  if (final && !ended(0xd9)) return -1;
  // The last row of a strip waits for chroma of the next.
  const behind = colour && down === 2 ? 1 : 0;
  const from = max(0, 8 * down * strip - behind);
  const to = final ? height : 8 * down * (strip + 1) - behind;
  if (colour && across === 2) {
    extendChroma(blues, strip === 0, final);
    extendChroma(reds, strip === 0, final);
  }
  const bytes = usize(width) * (numbers ? 12 : 3);
  for (let y = from; y < to; y++) writeRow(y, output + usize(y - from) * bytes);
  if (behind) {
    memory.copy(luma, luma + 16 * lumaStride, lumaStride);
    memory.copy(blues, blues + 8 * chromaStride, chromaStride);
    memory.copy(reds, reds + 8 * chromaStride, chromaStride);
  }
  strip++;
  return to - from;
}
