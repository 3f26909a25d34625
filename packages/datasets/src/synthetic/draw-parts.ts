import ndarray, { type NdArray } from 'ndarray';
import { seededRandom } from '../seeded-random.js';
import { drawDefect, type DefectKind } from './defects.js';
import { drawPose } from './flange.js';
import { cameraNoise, shade } from './surface.js';

/** Coverage below this is not drawn, so that a mask holds every pixel that a defect changes. */
const leastCoverage = 0.15;

/** Which part is drawn. */
export interface PartOptions {
  /** Whole number; the same seed, stream and index give the same part, whatever else is drawn. */
  readonly seed: number;
  /** Keeps parts of different uses apart, such as 0 to train and 1 to test. Default 0. */
  readonly stream?: number;
  readonly index: number;
  /** Edge of the picture in pixels. */
  readonly size: number;
  /** Its defect; a good part where absent. */
  readonly defect?: DefectKind | undefined;
}

/** A drawn part. */
export interface DrawnPart {
  /** Levels, [size,size,3]. */
  readonly image: NdArray<Uint8Array>;
  /** 1 where the defect is, [size,size]; all 0 for a good part. */
  readonly mask: Uint8Array;
  /** Kind of defect, or `good`. */
  readonly defect: DefectKind | 'good';
}

/**
 * Draws a turned flange as a camera sees it, slightly shifted, turned and lit, with grooves and noise of its own.
 *
 * @throws for a size below 32 pixels, where nothing can be seen
 */
export function drawPart({ seed, stream = 0, index, size, defect }: PartOptions): DrawnPart {
  if (!Number.isSafeInteger(size) || size < 32) throw new Error(`drawPart: expected a size of at least 32 whole pixels, got ${size}`);
  const random = seededRandom(seed, stream, index);
  const pose = drawPose(random, size);
  const noise = random.below(2 ** 31);
  const flaw = defect && drawDefect(defect, random, pose);
  const levels = new Uint8ClampedArray(size * size * 3); // rounds and clips
  const mask = new Uint8Array(size * size);
  for (let y = 0, pixel = 0; y < size; y++) {
    for (let x = 0; x < size; x++, pixel++) {
      const [dx, dy] = [(x + 0.5 - pose.x) / pose.scale, (y + 0.5 - pose.y) / pose.scale];
      const [u, v] = [dx * pose.cosine + dy * pose.sine, dy * pose.cosine - dx * pose.sine];
      const good = shade(u, v, pose);
      let { red, green, blue } = good;
      const coverage = flaw ? flaw.coverage(u, v, good) : 0;
      if (flaw && coverage >= leastCoverage) {
        const [r, g, b] = flaw.colour(u, v, good);
        red += (r - red) * coverage;
        green += (g - green) * coverage;
        blue += (b - blue) * coverage;
        mask[pixel] = 1;
      }
      const grain = cameraNoise(noise, x, y);
      levels[pixel * 3] = red + grain;
      levels[pixel * 3 + 1] = green + grain;
      levels[pixel * 3 + 2] = blue + grain;
    }
  }
  return { image: ndarray(new Uint8Array(levels.buffer), [size, size, 3]), mask, defect: defect ?? 'good' };
}

/** Parts one after the other, so that a set of any size needs the memory of one; `defects` are taken in turn. */
export function* drawParts(options: {
  readonly seed: number;
  readonly count: number;
  readonly size: number;
  readonly stream?: number;
  readonly defects?: readonly DefectKind[];
}): Generator<DrawnPart> {
  const { count, defects = [], ...rest } = options;
  for (let index = 0; index < count; index++) {
    yield drawPart({ ...rest, index, defect: defects.length > 0 ? defects[index % defects.length] : undefined });
  }
}
