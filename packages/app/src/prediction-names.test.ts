import { predictionNames } from './prediction-names.js';

describe('predictionNames', () => {
  it('drops the ending', () => {
    expect(predictionNames(['a/b.png', 'c.tar.jpg', 'd', 'e/.png'])).toEqual(['a/b', 'c.tar', 'd', 'e/.png']);
  });

  it('gives every image a name of its own, on file systems without case too', () => {
    expect(predictionNames(['a.png', 'a.jpg', 'A.bmp', 'a-2.png'])).toEqual(['a', 'a-2', 'A-3', 'a-2-2']);
  });

  it('keeps the name of a cloud’s view free', () => {
    expect(predictionNames(['a.ply', 'a.cloud.ply'])).toEqual(['a', 'a.cloud-2']);
    expect(predictionNames(['a.cloud.ply', 'a.ply'])).toEqual(['a.cloud', 'a-2']);
  });
});
