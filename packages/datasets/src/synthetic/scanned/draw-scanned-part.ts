import ndarray, { type NdArray } from 'ndarray';
import { seededRandom } from '../../seeded-random.js';
import { bakeLight } from './bake-light.js';
import { castDepth, castLight, createCaster } from './cast-rays.js';
import { exposeLight, takePicture } from './expose.js';
import { applyFlaw } from './flaw.js';
import { drawFlaw, partDefectNames, partDefects, type PartDefect } from './part-defects.js';
import type { PartModel } from './part-model.js';
import { partModels, partNames, type PartName } from './part-models.js';
import { drawScene, type Scene } from './scene.js';
import { seenWindow } from './seen-window.js';
import { senseCloud } from './sense-cloud.js';
import { layField, type SurfaceField } from './surface-field.js';

const { abs, max } = Math;

/** What a pixel must differ by, before any noise, to belong to the mask: millimetres of depth, or levels of a colour. */
export const leastChange = { depth: 0.25, levels: 4 } as const;

/** Share of the picture's pixels that a mask holds at least; a defect that shows less is drawn again. */
const leastMask = 0.0003;

/** Draws of one defect before it is given up: few need a second one. */
const attempts = 50;

/** Which part is drawn. */
export interface ScannedPartOptions {
  readonly part: PartName;
  /** Whole number; the same seed, stream and index give the same part, whatever else is drawn. */
  readonly seed: number;
  /** Keeps parts of different uses apart, such as 0 to train and 1 to test. Default 0. */
  readonly stream?: number;
  readonly index: number;
  /** Edge of picture and cloud in pixels. */
  readonly size: number;
  /** Its defect; a good part where absent. All else is the same as without it, noise included. */
  readonly defect?: PartDefect | undefined;
}

/** A drawn part with its cloud. */
export interface ScannedPart {
  /** Levels, [size,size,3]. */
  readonly image: NdArray<Uint8Array>;
  /** x, y, z in metres, [size,size,3]: x to the right, y down, z away from the camera; (0, 0, 0) where nothing was measured. */
  readonly cloud: NdArray<Float32Array>;
  /** 1 where the defect changes picture or depth by more than {@link leastChange}, [size,size]; all 0 for a good part. */
  readonly mask: Uint8Array;
  /** Kind of defect, or `good`. */
  readonly defect: PartDefect | 'good';
}

/** What camera and sensor would see without noise. */
interface View {
  /** The surface that the sensor scans, and the light on its cells. */
  readonly field: SurfaceField;
  readonly cells: Float32Array;
  /** z in millimetres, [size,size]. */
  readonly depth: Float32Array;
  /** Light, [size,size,3], and levels made of it. */
  readonly light: Float32Array;
  readonly levels: Float32Array;
}

/**
 * Draws a part on a table as a camera and a 3D sensor at the same place see it.
 *
 * @throws for an unknown part or defect, and for a size below 64 pixels, where defects cannot be seen
 */
export function drawScannedPart({ part: name, seed, stream = 0, index, size, defect }: ScannedPartOptions): ScannedPart {
  if (!partNames.includes(name)) throw new Error(`drawScannedPart: expected a part of ${partNames.join(', ')}, got '${name}'`);
  if (defect !== undefined && !partDefectNames.includes(defect)) {
    throw new Error(`drawScannedPart: expected a defect of ${partDefectNames.join(', ')}, got '${defect}'`);
  }
  if (!Number.isSafeInteger(size) || size < 64) throw new Error(`drawScannedPart: expected a size of at least 64 whole pixels, got ${size}`);
  const part = partModels[name];
  const scene = drawScene(seededRandom(seed, part.key, stream, index), part, size);
  const good = see(layField(part, scene), part, scene);
  if (defect === undefined) return record(good, new Uint8Array(size * size), 'good', scene);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const flaw = drawFlaw(defect, seededRandom(seed, part.key, stream, index, 1, attempt), part, size);
    const bad = seeFlawed(good, applyFlaw(good.field, part, scene, flaw), part, scene, partDefects[defect]);
    const { mask, count } = changedPixels(good, bad, size);
    if (count >= leastMask * size * size) return record(bad, mask, defect, scene);
  }
  throw new Error(`drawScannedPart: ${name} ${index} of seed ${seed} has no place where a ${defect} shows`);
}

/** What a good part looks like. */
function see(field: SurfaceField, part: PartModel, scene: Scene): View {
  const { size } = scene;
  const cast = createCaster(field, scene, part.radius);
  const whole = { left: 0, top: 0, right: size, bottom: size };
  const [cells, depth, light] = [bakeLight(field, scene), new Float32Array(size * size), new Float32Array(size * size * 3)];
  castDepth(cast, scene, whole, depth);
  castLight(cast, field, cells, scene, whole, light);
  return { field, cells, depth, light, levels: exposeLight(light, size) };
}

/** The same with a defect; rays are cast only where they may meet it. One of colour leaves the depth as it was, one of depth the picture. */
function seeFlawed(good: View, field: SurfaceField, part: PartModel, scene: Scene, shows: 'colour' | 'depth' | 'both'): View {
  const cast = createCaster(field, scene, part.radius);
  const moved = seenWindow(field, good.field.heights, field.heights, 1, scene);
  const depth = good.depth.slice();
  if (shows !== 'colour') castDepth(cast, scene, moved, depth);
  if (shows === 'depth') return { ...good, field, depth };
  const cells = bakeLight(field, scene);
  const light = good.light.slice();
  for (const window of [moved, seenWindow(field, good.cells, cells, 3, scene)]) castLight(cast, field, cells, scene, window, light);
  return { field, cells, depth, light, levels: exposeLight(light, scene.size) };
}

function changedPixels(good: View, bad: View, size: number): { mask: Uint8Array; count: number } {
  const mask = new Uint8Array(size * size);
  let count = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const at = pixel * 3;
    const change = (c: number): number => abs((good.levels[at + c] as number) - (bad.levels[at + c] as number));
    const isChanged =
      abs((good.depth[pixel] as number) - (bad.depth[pixel] as number)) > leastChange.depth || max(change(0), change(1), change(2)) > leastChange.levels;
    if (!isChanged) continue;
    mask[pixel] = 1;
    count++;
  }
  return { mask, count };
}

/** Camera and sensor add their noise. */
function record({ field, depth, levels }: View, mask: Uint8Array, defect: PartDefect | 'good', scene: Scene): ScannedPart {
  const shape = [scene.size, scene.size, 3];
  return { image: ndarray(takePicture(levels, scene), shape), cloud: ndarray(senseCloud(depth, field, scene), shape), mask, defect };
}
