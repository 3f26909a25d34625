import { decode } from 'bmp-ts';
import { checkPixels } from './pixel-limit.js';

/** The size a BMP header states; a negative height means that its rows run from the top. */
export function bmpSize(bytes: Uint8Array): { width: number; height: number } {
  if (bytes.length < 30) throw new Error('it ends within its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(14, true) === 12) throw new Error('its header is of OS/2 1.x, which is not read');
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/** Decodes a BMP (1, 4, 8, 16, 24, 32 bits, palette, run lengths) to RGB [H,W,3]; alpha is dropped. */
export function decodeBmp(bytes: Uint8Array, name: string, pixelLimit: number): { data: Uint8Array; width: number; height: number } {
  const { width, height } = bmpSize(bytes);
  checkPixels(name, width, height, pixelLimit);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const compressed = [1, 2].includes(view.getUint32(30, true));
  const rowBytes = Math.ceil((width * view.getUint16(28, true)) / 32) * 4;
  if (!compressed && view.getUint32(10, true) + rowBytes * height > bytes.length) throw new Error('its pixels end early');
  const pixels = decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).data; // [H,W,4] as A, B, G, R
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, to = 0; i < pixels.length; i += 4) {
    data[to++] = pixels[i + 3] as number;
    data[to++] = pixels[i + 2] as number;
    data[to++] = pixels[i + 1] as number;
  }
  return { data, width, height };
}
