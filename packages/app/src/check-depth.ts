import { dirname } from 'node:path';
import { depthExtent, type DepthExtent } from '@blemish/depth';
import type { ImageFile } from '@blemish/datasets';
import type { DepthConfig } from '@blemish/detectors';
import { decodeDepth } from '@blemish/images';
import { depthValues, type DepthUnits } from './depth-units.js';
import type { Terminal } from './terminal.js';

// Bounds in metres. A wrong unit is wrong by a thousand, so there is room between what is usual and what is doubted.

/** Sensors that show millimetres stand within a few metres; one at 5 cm seems this far when millimetres are read as metres. */
const farthest = 50;
/** Parts and the table they lie on are less deep; one of 2 mm seems this deep. */
const deepest = 2;
/** The networks read centimetres or millimetres: less than this is noise to them. */
const flattest = 1e-4;

/** Folders of which a file is looked at: those to train on and to test on may come from different exports. */
const folders = 4;

const advice = 'is the unit right (--depth-unit, --depth-scale)?';

/**
 * Looks at the lengths in a few depth files before an engine starts: a wrong unit shows there at once. Doubts are one note.
 *
 * @param recipe what the model makes of depth; null where it looks at none
 * @throws Error naming the first file whose depths differ by too little for any part to stand out, where a unit would mend it
 */
export async function checkDepth(files: readonly ImageFile[], units: DepthUnits, recipe: Pick<DepthConfig, 'background' | 'threshold'> | null, terminal: Terminal): Promise<void> {
  if (recipe === null) return;
  let noted = false;
  for (const path of firstOfFolders(files)) {
    const depth = await decodeDepth(path, depthValues(units));
    const extent = depthExtent(depth.z);
    if (extent === undefined) continue; // nothing measured: preparing it says so
    checkRange(path, extent, recipe);
    const doubt: string | undefined = noted ? undefined : doubtOf(extent, depth.cloud !== undefined);
    if (doubt !== undefined) terminal.note(`note: ${path}: ${doubt}; ${advice}`);
    noted ||= doubt !== undefined;
  }
}

function firstOfFolders(files: readonly ImageFile[]): string[] {
  const first = new Map<string, string>();
  for (const { depthPath } of files) {
    if (depthPath !== undefined && !first.has(dirname(depthPath))) first.set(dirname(depthPath), depthPath);
    if (first.size === folders) break;
  }
  return [...first.values()];
}

/** With a background, a part is what stands out of it by the threshold. */
function checkRange(path: string, { range }: DepthExtent, { background, threshold }: Pick<DepthConfig, 'background' | 'threshold'>): void {
  if (background === 'none' || range > threshold || range * 1000 <= threshold) return;
  throw new Error(`${path}: its depths differ by ${length(range)} in all, less than the ${length(threshold)} that a part must stand out by; ${advice}`);
}

/** What is unusual about the lengths; undefined where nothing is. The zero of a map without x and y may lie anywhere. */
function doubtOf(extent: DepthExtent, isCloud: boolean): string | undefined {
  if (isCloud && extent.distance > farthest) return `its points are ${length(extent.distance)} away`;
  if (extent.relief > deepest) return `its depths spread over ${length(extent.relief)}`;
  if (extent.range > 0 && extent.range < flattest) return `its depths differ by ${length(extent.range)} in all`;
  return undefined;
}

/** Metres as people say them. */
function length(metres: number): string {
  return metres < 1 ? `${Number((1000 * metres).toPrecision(3))} mm` : `${Number(metres.toPrecision(3))} m`;
}
