import { prepareDepth } from '@blemish/depth';
import { ofSample } from '../of-sample.js';
import type { Sample } from '../sample.js';
import type { DepthConfig } from './ast-config.js';

/** Revision of the recipe below: records of another one are not read. */
const revision = 2;

/** What a depth map becomes. */
export interface EncodedDepth {
  /** `[h,w,C]` */
  readonly channels: Float32Array;
  /** Weight of each position `[h*w]`. */
  readonly mask: Float32Array;
  /** 1 on the dilated foreground, 0 elsewhere, `[size*size]`. */
  readonly foreground: Float32Array;
}

/** Brings depth maps to what networks take. A record holds the three parts of {@link EncodedDepth} one after the other. */
export interface DepthEncoder {
  /** Shape of a map's channels `[h,w,C]`. */
  readonly shape: readonly [number, number, number];
  /** Edge of the foreground. */
  readonly size: number;
  /** Values of a record. */
  readonly length: number;
  /** Names all that a record depends on beside the map. */
  readonly key: string;
  /** A sample's record. Errors name the sample. */
  encode(sample: Sample): Float32Array;
  /** The parts of a record, which share its memory. */
  parts(record: Float32Array): EncodedDepth;
}

/** The encoder that a configuration describes. */
export function createDepthEncoder({ mask, ...recipe }: DepthConfig): DepthEncoder {
  const { size, unshuffle } = recipe;
  const edge = size / unshuffle;
  const channels = unshuffle * unshuffle;
  const [ofChannels, ofMask] = [edge * edge * channels, edge * edge];
  const length = ofChannels + ofMask + size * size;
  return {
    shape: [edge, edge, channels],
    size,
    length,
    key: [...Object.entries(recipe).map(([name, value]) => `${name}-${value}`), `mask-${mask}`, `revision ${revision}`].join('/'),
    encode({ id, depth }) {
      if (depth === undefined) throw new Error(`${id}: expected a depth map, got none`);
      const record = new Float32Array(length);
      const prepared = ofSample(id, () => prepareDepth(depth, recipe));
      record.set(prepared.channels);
      if (mask) {
        record.set(prepared.mask, ofChannels);
        record.set(prepared.foreground, ofChannels + ofMask);
      } else record.fill(1, ofChannels);
      return record;
    },
    parts: (record) => ({
      channels: record.subarray(0, ofChannels),
      mask: record.subarray(ofChannels, ofChannels + ofMask),
      foreground: record.subarray(ofChannels + ofMask),
    }),
  };
}
