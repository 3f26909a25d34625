import ndarray from 'ndarray';
import { mulberry32 } from '@blemish-tools/jest';
import { resizeBilinear } from '@blemish/raster';
import { resizedCrop } from './resized-crop.js';

const draw = mulberry32(4);
const image = ndarray(Uint8Array.from({ length: 60 * 90 * 3 }, () => 256 * draw()), [60, 90, 3]);

it.each([
  ['smaller', 25],
  ['as large in part', 70],
  ['larger', 200],
])('is a crop of the whole image made %s, as it is before it is rounded to levels', (_, side) => {
  const whole = resizeBilinear(image, [side, side]);
  for (const [top, left] of [[0, 0], [side - 17, side - 17], [5, 2]] as const) {
    const crop = resizedCrop(image, { side, top, left, size: 17 });
    let worst = 0;
    for (let y = 0; y < 17; y++) {
      for (let x = 0; x < 17; x++) {
        for (let c = 0; c < 3; c++) {
          worst = Math.max(worst, Math.abs(255 * (crop[(y * 17 + x) * 3 + c] as number) - whole.get(top + y, left + x, c)));
        }
      }
    }
    expect(worst).toBeLessThanOrEqual(1.001); // two roundings of half a level
  }
});

it('takes any strides', () => {
  const crop = { side: 40, top: 3, left: 9, size: 17 };
  const turned = image.transpose(1, 0, 2);
  const copied = ndarray(new Uint8Array(90 * 60 * 3), [90, 60, 3]);
  for (let y = 0; y < 90; y++) for (let x = 0; x < 60; x++) for (let c = 0; c < 3; c++) copied.set(y, x, c, turned.get(y, x, c));
  expect(resizedCrop(turned, crop)).toEqual(resizedCrop(copied, crop));
});
