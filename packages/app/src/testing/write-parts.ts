import { encodeFloatTiff, encodePng } from '@blemish/images';
import ndarray from 'ndarray';
import { writeInto } from './temporary-folder.js';

/** Writes parts of 6 x 9 pixels in the layout of MVTec 3D-AD: 10 to train on, 3 for a threshold, 2 good and 2 dented to test on. */
export async function writeParts(root: string, category: string): Promise<void> {
  const size = [6, 9] as const;
  const gray = (level: number): Promise<Uint8Array> => encodePng(ndarray(new Uint8Array(54).fill(level), [...size]));
  const kinds = { 'train/good': 10, 'validation/good': 3, 'test/good': 2, 'test/dent': 2 };
  for (const [kind, count] of Object.entries(kinds)) {
    for (let i = 0; i < count; i++) {
      const place = `${category}/${kind}`;
      writeInto(root, `${place}/rgb/00${i}.png`, await gray(100 + i));
      writeInto(root, `${place}/xyz/00${i}.tiff`, encodeFloatTiff(new Float32Array(54).fill(0.5 + i / 100), size));
      if (kind.startsWith('test')) writeInto(root, `${place}/gt/00${i}.png`, await gray(kind === 'test/dent' ? 255 : 0));
    }
  }
}
