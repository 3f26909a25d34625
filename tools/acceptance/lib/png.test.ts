import { decodeImage } from '@blemish/images';
import { encodePng } from './png.mjs';

const levels = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => (i * 37) % 256);

describe('encodePng', () => {
  it('writes what a decoder reads', async () => {
    const image = await decodeImage(encodePng({ width: 3, height: 4, channels: 3 }, levels));
    expect(image.shape).toEqual([4, 3, 3]);
    expect([...image.data]).toEqual([...levels]);
  });

  it('lies about its size where asked to', async () => {
    const bytes = encodePng({ width: 3, height: 4, channels: 3 }, levels, { height: 4000 });
    await expect(decodeImage(bytes, { name: 'liar.png' })).rejects.toThrow('liar.png');
  });
});
