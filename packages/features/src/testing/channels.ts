/** `[C,H,W]` values of one image as `[H,W,C]`. */
export function channelsLast(data: ArrayLike<number>, [channels, height, width]: readonly [number, number, number]): Float32Array {
  const area = height * width;
  return Float32Array.from({ length: channels * area }, (_, i) => data[(i % channels) * area + Math.floor(i / channels)] as number);
}

/** `[H,W,C]` values of one image as `[C,H,W]`. */
export function channelsFirst(data: ArrayLike<number>, [height, width, channels]: readonly [number, number, number]): Float32Array {
  const area = height * width;
  return Float32Array.from({ length: channels * area }, (_, i) => data[(i % area) * channels + Math.floor(i / area)] as number);
}
