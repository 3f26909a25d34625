import { hasJpegEnd } from './has-jpeg-end.js';

const start = [0xff, 0xd8];
const thumbnail = [0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9]; // a segment that holds an end of its own
const scan = [0xff, 0xda, 0, 2, 1, 2, 0xff, 0, 3];
const end = [0xff, 0xd9];

describe('hasJpegEnd', () => {
  it.each([
    ['a whole file', [...start, ...scan, ...end], true],
    ['bytes after the end', [...start, ...scan, ...end, 0xd9, 7, 0xff], true],
    ['no end', [...start, ...scan], false],
    ['half of the marker', [...start, ...scan, 0xff], false],
    ['the end of a thumbnail alone', [...start, ...thumbnail, ...scan], false],
    ['no data', [...start, ...end], false],
    ['nothing', [], false],
  ])('%s', (_, bytes, ended) => {
    expect(hasJpegEnd(Uint8Array.from(bytes))).toBe(ended);
  });
});
