import type { NdArray } from 'ndarray';
import sharp from 'sharp';

/**
 * Encodes levels as an 8-bit PNG, without a loss.
 *
 * @param image [H,W,3] RGB, [H,W,1] or [H,W] gray; any strides
 * @throws when the shape is another
 */
export async function encodePng(image: NdArray<Uint8Array>): Promise<Uint8Array> {
  const [height = 0, width = 0, channels = 1] = image.shape;
  if (![2, 3].includes(image.shape.length) || ![1, 3].includes(channels) || !(height > 0 && width > 0)) {
    throw new Error(`encodePng: expected [H,W,3], [H,W,1] or [H,W], got [${image.shape.join(',')}]`);
  }
  const data = denseLevels(image, [height, width, channels]);
  const picture = sharp(data, { raw: { width, height, channels: channels as 1 | 3 } });
  const png = await (channels === 1 ? picture.toColourspace('b-w') : picture).png({ palette: false, compressionLevel: 1 }).toBuffer();
  return new Uint8Array(png.buffer, png.byteOffset, png.byteLength);
}

/** The levels row by row; those that lie so already are not copied. */
function denseLevels(image: NdArray<Uint8Array>, [height, width, channels]: readonly [number, number, number]): Uint8Array {
  const [rowStride = 0, columnStride = 0, channelStride = 1] = image.stride;
  const count = height * width * channels;
  if (channelStride === 1 && columnStride === channels && rowStride === width * channels) {
    return image.data.subarray(image.offset, image.offset + count);
  }
  const data = new Uint8Array(count);
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) {
        data[to++] = image.data[image.offset + y * rowStride + x * columnStride + c * channelStride] as number;
      }
  return data;
}
