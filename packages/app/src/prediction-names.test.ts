import { predictionNames } from './prediction-names.js';

describe('predictionNames', () => {
  it('drops the ending', () => {
    expect(predictionNames(['a/b.png', 'c.tar.jpg', 'd', 'e/.png'])).toEqual(['a/b', 'c.tar', 'd', 'e/.png']);
  });

  it('gives every image a name of its own, on file systems without case too', () => {
    expect(predictionNames(['a.png', 'a.jpg', 'A.bmp', 'a-2.png'])).toEqual(['a', 'a-2', 'A-3', 'a-2-2']);
  });
});
