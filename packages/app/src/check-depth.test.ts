import { join } from 'node:path';
import { encodeCloudTiff, encodeFloatTiff, encodePng } from '@blemish/images';
import ndarray from 'ndarray';
import { checkDepth } from './check-depth.js';
import type { DepthUnits } from './depth-units.js';
import { recordedTerminal } from './testing/recorded-terminal.js';
import { temporaryFolder, writeInto } from './testing/temporary-folder.js';

const folder = temporaryFolder();
const [height, width] = [8, 8];
const recipe = { background: 'border', threshold: 0.007 } as const;

/** A table 0.4 from the sensor with a part of 0.02 on it. */
const part = Float32Array.from({ length: height * width }, (_, i) => (i % 3 === 0 ? 0.38 : 0.4));
const cloud = ndarray(Float32Array.from({ length: 3 * part.length }, (_, i) => (i % 3 === 2 ? (part[(i - 2) / 3] as number) : 0.1)), [height, width, 3]);
const listed = (...names: string[]): { id: string; path: string; depthPath: string }[] =>
  names.map((name) => ({ id: name, path: join(folder, name), depthPath: join(folder, name) }));

/** What is noted. */
async function notes(files: ReturnType<typeof listed>, units: DepthUnits, made: Parameters<typeof checkDepth>[2] = recipe): Promise<string[]> {
  const terminal = recordedTerminal();
  await checkDepth(files, units, made, terminal);
  return terminal.remarks();
}

beforeAll(async () => {
  for (const name of ['a/cloud.tiff', 'b/cloud.tiff']) writeInto(folder, name, encodeCloudTiff(cloud));
  writeInto(folder, 'a/map.tiff', encodeFloatTiff(part, [height, width]));
  writeInto(folder, 'c/hills.tiff', encodeFloatTiff(part.map((z) => z + 400), [height, width])); // heights above the sea
  writeInto(folder, 'c/constant.tiff', encodeFloatTiff(new Float32Array(height * width).fill(0.5), [height, width]));
  writeInto(folder, 'd/levels.png', await encodePng(ndarray(Uint8Array.from(part, (z) => (z < 0.39 ? 200 : 100)), [height, width])));
});

it('says nothing where lengths are usual', async () => {
  expect(await notes(listed('a/cloud.tiff', 'b/cloud.tiff', 'c/hills.tiff'), {})).toEqual([]);
  expect(await notes(listed('d/levels.png'), { depthUnit: 'mm', depthScale: 0.1 })).toEqual([]);
});

it('notes once, by the first file, that points are too far away or depths too deep', async () => {
  const one = await notes(listed('a/cloud.tiff', 'b/cloud.tiff'), { depthScale: 1000 });
  expect(one).toEqual([`note: ${join(folder, 'a/cloud.tiff')}: its points are 400 m away; is the unit right (--depth-unit, --depth-scale)?`]);
  expect(await notes(listed('a/map.tiff'), { depthScale: 1000 })).toEqual([expect.stringContaining('map.tiff: its depths spread over 20 m; is the unit right')]);
  expect(await notes(listed('d/levels.png'), { depthScale: 1 })).toEqual([expect.stringContaining('levels.png: its depths spread over ')]);
});

it('refuses depths in which nothing can stand out, where a unit would mend it', async () => {
  const { path } = listed('a/map.tiff')[0] as { path: string };
  await expect(notes(listed('a/map.tiff'), { depthUnit: 'mm' })).rejects.toThrow(
    `${path}: its depths differ by 0.02 mm in all, less than the 7 mm that a part must stand out by; is the unit right (--depth-unit, --depth-scale)?`,
  );
  expect(await notes(listed('c/constant.tiff'), {})).toEqual([]); // no unit gives it any
});

it('notes flat height maps, which have no background to stand out of', async () => {
  const heights = { ...recipe, background: 'none' } as const;
  expect(await notes(listed('a/map.tiff'), { depthUnit: 'mm' }, heights)).toEqual([expect.stringContaining('its depths differ by 0.02 mm in all; is the unit right')]);
});

it('looks at one file a folder, and at none for a model of images', async () => {
  writeInto(folder, 'a/text.tiff', 'no depth');
  expect(await notes(listed('a/cloud.tiff', 'a/text.tiff'), {})).toEqual([]);
  expect(await notes(listed('a/text.tiff'), {}, null)).toEqual([]);
});
